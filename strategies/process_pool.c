/* process-pool: worker processes that are created once and are handed one task at a time.
 *
 * Costs:    the processes, once, in start(); then two small messages a task, there and back, each
 *           some microseconds. Whoever is done gets the next task, so uneven tasks balance.
 * Shares:   only what was mapped shared before the start. The task's number goes to the worker
 *           through a socket pair, its result lies in shared memory, "done" comes back.
 * Choose it when there are many jobs and the code is not thread-safe; it is what Python's
 *           multiprocessing.Pool does (with apply_async and get).
 *
 * A worker that dies closes its socket; so its end is noticed at once, its task is reported, and
 * the others go on.
 *
 * A question to think about: a worker waits for its next task while the message is under way. How
 * would you keep it busy, and what would that do to the last tasks of a job?
 */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "strategies/process.h"
#include "strategies/strategy.h"

struct member {
    pid_t process; /* 0: has died and been reported */
    int task;      /* that it runs now, or NO_TASK */
};

struct process_pool {
    int workers;
    struct pollfd *sockets; /* our ends; fd -1 for the dead */
    struct member *members;
};

static void serve(struct job *job, int worker, int socket_end)
{
    int task;
    while (process_read(socket_end, &task, sizeof task) == 1) {
        job_run(job, task, worker);
        if (process_write(socket_end, &task, sizeof task) != 0)
            break;
    }
    _exit(0); /* the pool was closed */
}

/* Takes leave of a worker that has died. Returns -1: something went wrong. */
static int bury(struct process_pool *pool, struct job *job, int worker)
{
    struct member *member = &pool->members[worker];
    close(pool->sockets[worker].fd);
    pool->sockets[worker].fd = -1;
    if (process_join(job, member->process, worker, member->task) == 0)
        job_fail(job, "a worker left before its time", 0);
    *member = (struct member){.task = NO_TASK};
    return -1;
}

static int stop(struct job *job, void *state)
{
    struct process_pool *pool = state;
    int failed = 0;
    for (int worker = 0; worker < pool->workers; worker++)
        if (pool->sockets[worker].fd >= 0)
            close(pool->sockets[worker].fd);
    for (int worker = 0; worker < pool->workers; worker++)
        if (pool->members[worker].process > 0 &&
            process_join(job, pool->members[worker].process, worker, NO_TASK) != 0)
            failed = -1;
    free(pool->sockets);
    free(pool->members);
    free(pool);
    return failed;
}

static int start_member(struct process_pool *pool, struct job *job)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        return job_fail(job, "socketpair", errno);
    pid_t process = fork();
    if (process == 0) {
        /* The ends of the others too, or they would not see the pool being closed. */
        for (int i = 0; i < pool->workers; i++)
            close(pool->sockets[i].fd);
        close(ends[0]);
        serve(job, pool->workers, ends[1]);
    }
    close(ends[1]);
    if (process < 0) {
        int why = errno;
        close(ends[0]);
        return job_fail(job, "fork", why);
    }
    pool->sockets[pool->workers] = (struct pollfd){.fd = ends[0], .events = POLLIN};
    pool->members[pool->workers] = (struct member){.process = process, .task = NO_TASK};
    pool->workers++;
    return 0;
}

static int start(struct job *job, int workers, void **state)
{
    struct process_pool *pool = calloc(1, sizeof *pool);
    if (!pool)
        return job_fail(job, "process pool", ENOMEM);
    pool->sockets = calloc((size_t)workers, sizeof *pool->sockets);
    pool->members = calloc((size_t)workers, sizeof *pool->members);
    int failed = pool->sockets && pool->members ? 0 : job_fail(job, "process pool", ENOMEM);
    while (!failed && pool->workers < workers)
        failed = start_member(pool, job);
    if (failed) {
        stop(job, pool);
        return -1;
    }
    *state = pool;
    return 0;
}

/* Gives every idle worker a task, as long as there are any. Returns how many workers are busy. */
static int hand_out(struct process_pool *pool, struct job *job, int *next)
{
    int busy = 0;
    for (int worker = 0; worker < pool->workers; worker++) {
        struct member *member = &pool->members[worker];
        if (member->process && member->task == NO_TASK && *next < job->tasks) {
            member->task = (*next)++;
            /* If the worker is dead, poll() will tell. */
            process_write(pool->sockets[worker].fd, &member->task, sizeof member->task);
        }
        busy += member->task != NO_TASK;
    }
    return busy;
}

static int run(struct job *job, int workers, void *state)
{
    struct process_pool *pool = state;
    int next = 0, failed = 0, done;

    while (hand_out(pool, job, &next) > 0) {
        if (poll(pool->sockets, (nfds_t)workers, -1) < 0) {
            if (errno == EINTR)
                continue;
            return job_fail(job, "poll", errno);
        }
        for (int worker = 0; worker < workers; worker++) {
            if (pool->sockets[worker].fd < 0 || !pool->sockets[worker].revents)
                continue;
            if (process_read(pool->sockets[worker].fd, &done, sizeof done) == 1)
                pool->members[worker].task = NO_TASK;
            else
                failed = bury(pool, job, worker);
        }
    }
    if (next < job->tasks)
        failed = job_fail(job, "all workers have died before the last task", 0);
    return failed;
}

const struct strategy strategy_process_pool = {
    .name = "process-pool",
    .summary = "processes created once that are handed one task at a time",
    .start = start,
    .run = run,
    .stop = stop,
};

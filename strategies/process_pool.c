/* SPDX-License-Identifier: GPL-3.0-or-later */
/* process-pool: worker processes that are created once and are handed one task at a time.
 *
 * Costs:    the processes, once, in start(); then two small messages, there and back, some ten
 *           microseconds together, most of them for waking a process that sleeps. Whoever is done
 *           gets the next task, so uneven tasks balance.
 * Shares:   only what was mapped shared before the start. The task's number goes to the worker
 *           through a socket pair, its result lies in shared memory, "done" comes back.
 * Choose it when there are many jobs and the code is not thread-safe; it is what Python's
 *           multiprocessing.Pool does (with apply_async and get).
 *
 * A message is nothing beside a task of a millisecond, and everything beside one of a microsecond.
 * Then let one message stand for several tasks: `--chunk 100`, the `chunksize` of Python. Large
 * chunks cost balance instead: whoever gets the last one keeps the others waiting.
 *
 * A worker that dies closes its socket; so its end is noticed at once, its tasks are reported, and
 * the others go on.
 *
 * A question to think about: a worker waits for its next task while the message is under way. How
 * would you keep it busy, and what would that do to the last tasks of a job?
 */
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/base/process/pipe.h"
#include "strategies/process.h"
#include "strategies/strategy.h"

/* The tasks first ... end - 1: this is what goes through the sockets. */
struct chunk {
    int first, end;
};

struct member {
    pid_t process;      /* 0: it has died */
    struct chunk chunk; /* what it does now; empty: nothing */
};

struct process_pool {
    int workers;
    struct pollfd *sockets; /* our ends; fd -1 for workers that have died */
    struct member members[];
};

/* The life of a worker: until our end of its socket is closed. */
static _Noreturn void serve(struct job *job, int worker, int socket_end)
{
    struct chunk chunk;
    while (pipe_read(socket_end, &chunk, sizeof chunk) == 1) {
        for (int task = chunk.first; task < chunk.end; task++)
            job_run(job, task, worker);
        if (pipe_write(socket_end, &chunk, sizeof chunk) != 0)
            break;
    }
    _exit(0);
}

static int start_one(struct process_pool *pool, struct job *job)
{
    int ends[2], worker = pool->workers;
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        return job_fail(job, "socketpair", errno);
    pid_t process = fork();
    if (process == 0) {
        /* Our ends of the others too, or they would never see them closed. */
        for (int i = 0; i < worker; i++)
            close(pool->sockets[i].fd);
        close(ends[0]);
        serve(job, worker, ends[1]);
    }
    int why = errno;
    close(ends[1]);
    pool->sockets[worker] = (struct pollfd){.fd = ends[0], .events = POLLIN};
    pool->members[worker] = (struct member){.process = process > 0 ? process : 0};
    pool->workers++;
    return process < 0 ? job_fail(job, "fork", why) : 0;
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
            process_join(job, pool->members[worker].process, worker, NO_TASK, 0) != 0)
            failed = -1;
    free(pool->sockets);
    free(pool);
    return failed;
}

static int start(struct job *job, int workers, void **state)
{
    size_t number = (size_t)workers;
    struct process_pool *pool = calloc(1, sizeof *pool + number * sizeof pool->members[0]);
    struct pollfd *sockets = calloc(number, sizeof *sockets);
    if (!pool || !sockets) {
        free(pool);
        free(sockets);
        return job_fail(job, "process pool", ENOMEM);
    }
    pool->sockets = sockets;
    while (pool->workers < workers)
        if (start_one(pool, job) != 0) {
            stop(job, pool);
            return -1;
        }
    *state = pool;
    return 0;
}

static bool is_busy(const struct member *member)
{
    return member->chunk.first < member->chunk.end;
}

/* Gives every idle worker a chunk, as long as there are tasks. Returns how many are busy. */
static int hand_out(struct process_pool *pool, struct job *job, int *next)
{
    int busy = 0;
    for (int worker = 0; worker < pool->workers; worker++) {
        struct member *member = &pool->members[worker];
        if (member->process && !is_busy(member) && *next < job->tasks) {
            member->chunk = (struct chunk){*next, job_chunk_end(job, *next)};
            *next = member->chunk.end;
            /* If the worker is dead, poll() will tell. */
            pipe_write(pool->sockets[worker].fd, &member->chunk, sizeof member->chunk);
        }
        busy += is_busy(member);
    }
    return busy;
}

/* A worker has something to say: that it is done, or, by a socket that is closed, that it died. */
static int hear(struct process_pool *pool, struct job *job, int worker)
{
    struct member *member = &pool->members[worker];
    struct chunk done, lost = member->chunk;
    member->chunk = (struct chunk){0, 0};
    if (pipe_read(pool->sockets[worker].fd, &done, sizeof done) == 1)
        return 0;
    close(pool->sockets[worker].fd);
    pool->sockets[worker].fd = -1;
    if (process_join(job, member->process, worker, lost.first, lost.end - lost.first) == 0)
        job_fail(job, "a worker left before its time", 0);
    member->process = 0;
    return -1;
}

static int run(struct job *job, int workers, void *state)
{
    struct process_pool *pool = state;
    int next = 0, failed = 0;
    while (hand_out(pool, job, &next) > 0) {
        if (poll(pool->sockets, (nfds_t)workers, -1) < 0) {
            if (errno == EINTR)
                continue;
            return job_fail(job, "poll", errno);
        }
        for (int worker = 0; worker < workers; worker++)
            if (pool->sockets[worker].fd >= 0 && pool->sockets[worker].revents &&
                hear(pool, job, worker) != 0)
                failed = -1;
    }
    if (next < job->tasks)
        failed = job_fail(job, "all workers have died before the last task", 0);
    return failed;
}

const struct strategy strategy_process_pool = {
    .name = "process-pool",
    .summary = "processes created once that are handed one task at a time, or --chunk of them",
    .has_chunks = true,
    .start = start,
    .run = run,
    .stop = stop,
};

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
 * Beside a task of a millisecond a message is nothing, beside one of a microsecond it is all. So
 * where tasks turn out to be short, the next message names several at once, twice as many each time
 * until they take a while together: what `chunksize` is for in Python, found out by measuring. The
 * last tasks of a job are again handed out in small numbers, or the others would wait for one.
 *
 * A worker that dies closes its socket; so its end is noticed at once, its task is reported, and
 * the others go on.
 *
 * A question to think about: a worker waits for its next task while the message is under way. How
 * would you keep it busy, and what would that do to the last tasks of a job?
 */
#include <errno.h>
#include <stdlib.h>

#include "strategies/process.h"
#include "strategies/process_team.h"
#include "strategies/strategy.h"

/* A worker that is back sooner gets twice as many tasks: then messages are less than a tenth. */
static const double SOON_S = 200e-6;

/* The tasks first ... first + count - 1: this is what goes through the sockets. */
struct batch {
    int first, count;
};

struct member {
    struct batch batch; /* that it does now; count 0: none */
    int size;           /* of its next one */
    double sent_s;
};

struct process_pool {
    struct process_team team;
    struct member *members;
};

static void serve(struct job *job, int worker, int socket_end)
{
    struct batch batch;
    while (process_read(socket_end, &batch, sizeof batch) == 1) {
        for (int i = 0; i < batch.count; i++)
            job_run(job, batch.first + i, worker);
        if (process_write(socket_end, &batch.first, sizeof batch.first) != 0)
            return;
    }
}

static int stop(struct job *job, void *state)
{
    struct process_pool *pool = state;
    int failed = process_team_stop(&pool->team, job);
    free(pool->members);
    free(pool);
    return failed;
}

static int start(struct job *job, int workers, void **state)
{
    struct process_pool *pool = calloc(1, sizeof *pool);
    struct member *members = calloc((size_t)workers, sizeof *members);
    if (!pool || !members)
        job_fail(job, "process pool", ENOMEM);
    else if (process_team_start(&pool->team, job, workers, serve) == 0) {
        pool->members = members;
        *state = pool;
        return 0;
    }
    free(members);
    free(pool);
    return -1;
}

/* Gives every idle worker a batch, as long as there are tasks. Returns how many are busy. */
static int hand_out(struct process_pool *pool, struct job *job, int *next)
{
    int busy = 0;
    for (int worker = 0; worker < pool->team.workers; worker++) {
        struct member *member = &pool->members[worker];
        if (pool->team.processes[worker] && member->batch.count == 0 && *next < job->tasks) {
            int fair = (job->tasks - *next) / (2 * pool->team.workers);
            int count = member->size < fair ? member->size : fair;
            member->batch = (struct batch){*next, count > 0 ? count : 1};
            member->sent_s = job_now(job);
            *next += member->batch.count;
            /* If the worker is dead, poll() will tell. */
            process_write(pool->team.sockets[worker].fd, &member->batch, sizeof member->batch);
        }
        busy += member->batch.count > 0;
    }
    return busy;
}

/* A worker has something to say: that it is done, or, by a socket that is closed, that it died. */
static int hear(struct process_pool *pool, struct job *job, int worker)
{
    struct member *member = &pool->members[worker];
    struct batch batch = member->batch;
    int done, failed = 0;
    if (process_read(pool->team.sockets[worker].fd, &done, sizeof done) != 1)
        failed = process_team_bury(&pool->team, job, worker, batch.first, batch.count);
    else if (job_now(job) - member->sent_s < SOON_S)
        member->size = batch.count < job->tasks ? 2 * batch.count : batch.count;
    else
        member->size = batch.count > 1 ? batch.count / 2 : 1;
    member->batch.count = 0;
    return failed;
}

static int run(struct job *job, int workers, void *state)
{
    struct process_pool *pool = state;
    int next = 0, failed = 0;

    for (int worker = 0; worker < workers; worker++)
        pool->members[worker] = (struct member){.size = 1};
    while (hand_out(pool, job, &next) > 0) {
        if (poll(pool->team.sockets, (nfds_t)workers, -1) < 0) {
            if (errno == EINTR)
                continue;
            return job_fail(job, "poll", errno);
        }
        for (int worker = 0; worker < workers; worker++)
            if (pool->team.sockets[worker].fd >= 0 && pool->team.sockets[worker].revents &&
                hear(pool, job, worker) != 0)
                failed = -1;
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

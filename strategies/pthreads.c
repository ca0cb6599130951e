/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pthreads: one thread a worker, each with its fixed share of the tasks; start all, join all.
 *
 * Costs:    some 10 to 50 microseconds a thread, paid for every job; far less than a process.
 * Shares:   all memory. Nothing has to be copied, and nothing protects one thread from another:
 *           whatever two of them write must be kept apart, here by giving each its own worker
 *           number and its own tasks.
 * Choose it when the tasks share much data and are about equally long, and the code is thread-safe.
 *
 * The same shares as in fork.c (worker w does w, w + W, w + 2W, ...), so that comparing the two
 * compares threads with processes and nothing else.
 *
 * A question to think about: what goes wrong if all threads are given the address of one `struct
 * share` that the loop changes?
 */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "strategies/strategy.h"

struct share {
    struct job *job;
    int worker, workers;
    pthread_t thread;
};

static void *work(void *argument)
{
    const struct share *share = argument;
    for (int task = share->worker; task < share->job->tasks; task += share->workers)
        job_run(share->job, task, share->worker);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    int failed = 0, started = 0;
    struct share *shares = calloc((size_t)workers, sizeof *shares);
    if (!shares)
        return job_fail(job, "thread list", ENOMEM);

    for (; started < workers; started++) {
        shares[started] = (struct share){.job = job, .worker = started, .workers = workers};
        int problem = pthread_create(&shares[started].thread, NULL, work, &shares[started]);
        if (problem) {
            failed = job_fail(job, "pthread_create", problem);
            break;
        }
    }
    for (int worker = 0; worker < started; worker++) {
        int problem = pthread_join(shares[worker].thread, NULL);
        if (problem)
            failed = job_fail(job, "pthread_join", problem);
    }
    free(shares);
    return failed;
}

const struct strategy strategy_pthreads = {
    .name = "pthreads",
    .summary = "a thread a worker, fixed shares, all memory shared",
    .run = run,
};

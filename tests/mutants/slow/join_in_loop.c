/* verdict: correct, not-parallel at 27. SPDX-License-Identifier: GPL-3.0-or-later */
/* Joins each thread before the next is created. */
#include <pthread.h>

#include "strategies/strategy.h"

struct share {
    struct job *job;
    int worker, workers;
};

static void *work(void *argument)
{
    struct share *share = argument;
    for (int task = share->worker; task < share->job->tasks; task += share->workers)
        job_run(share->job, task, share->worker);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    for (int i = 0; i < workers; i++) {
        struct share share = {job, i, workers};
        pthread_t thread;
        pthread_create(&thread, NULL, work, &share);
        pthread_join(thread, NULL);
    }
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

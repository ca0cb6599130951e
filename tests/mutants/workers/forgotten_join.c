/* verdict: forgotten-join at 28. SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts the threads, and goes home. */
#include <pthread.h>
#include <stdlib.h>

#include "strategies/strategy.h"

struct share {
    struct job *job;
    int worker, workers;
};
static struct share shares[64];

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
        pthread_t thread;
        shares[i] = (struct share){job, i, workers};
        pthread_create(&thread, NULL, work, &shares[i]);
    }
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

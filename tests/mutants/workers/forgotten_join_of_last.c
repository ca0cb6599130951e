/* verdict: forgotten-join at 27. SPDX-License-Identifier: GPL-3.0-or-later */
/* Joins all but the last. */
#include <pthread.h>

#include "strategies/strategy.h"

struct share {
    struct job *job;
    int worker, workers;
    pthread_t thread;
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
        shares[i] = (struct share){.job = job, .worker = i, .workers = workers};
        pthread_create(&shares[i].thread, NULL, work, &shares[i]);
    }
    for (int i = 0; i < workers - 1; i++)
        pthread_join(shares[i].thread, NULL);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

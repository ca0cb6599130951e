/* verdict: memory-error at 17. SPDX-License-Identifier: GPL-3.0-or-later */
/* Each thread has a copy of the job, and what belongs to the job lies behind the original. */
#include <pthread.h>

#include "strategies/strategy.h"

struct share {
    struct job job;
    int worker, workers;
    pthread_t thread;
};

static void *work(void *argument)
{
    struct share *share = argument;
    for (int task = share->worker; task < share->job.tasks; task += share->workers)
        job_run(&share->job, task, share->worker);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    struct share shares[64];
    (void)state;
    for (int i = 0; i < workers; i++) {
        shares[i] = (struct share){*job, i, workers, 0};
        pthread_create(&shares[i].thread, NULL, work, &shares[i]);
    }
    for (int i = 0; i < workers; i++)
        pthread_join(shares[i].thread, NULL);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

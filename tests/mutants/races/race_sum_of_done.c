/* verdict: data-race at 18. SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts the tasks that are done, without a lock. */
#include <pthread.h>

#include "strategies/strategy.h"

struct share {
    struct job *job;
    int worker, workers, *done;
    pthread_t thread;
};

static void *work(void *argument)
{
    struct share *share = argument;
    for (int task = share->worker; task < share->job->tasks; task += share->workers)
        if (job_run(share->job, task, share->worker) == 0)
            *share->done += 1;
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    struct share shares[64];
    int done = 0;
    (void)state;
    for (int i = 0; i < workers; i++) {
        shares[i] = (struct share){job, i, workers, &done, 0};
        pthread_create(&shares[i].thread, NULL, work, &shares[i]);
    }
    for (int i = 0; i < workers; i++)
        pthread_join(shares[i].thread, NULL);
    return done <= job->tasks ? 0 : -1;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

/* verdict: loop-variable at 28. SPDX-License-Identifier: GPL-3.0-or-later */
/* One struct for all threads, filled in anew for each. */
#include <pthread.h>

#include "strategies/strategy.h"

struct share {
    int worker, workers;
    struct job *job;
};

static void *work(void *argument)
{
    struct share *share = argument;
    int worker = share->worker;
    for (int task = worker; task < share->job->tasks; task += share->workers)
        job_run(share->job, task, worker);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    pthread_t threads[64];
    struct share share = {.workers = workers, .job = job};
    (void)state;
    for (int i = 0; i < workers; i++) {
        share.worker = i;
        pthread_create(&threads[i], NULL, work, &share);
    }
    for (int i = 0; i < workers; i++)
        pthread_join(threads[i], NULL);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

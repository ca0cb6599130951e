/* verdict: unlock-by-other at 21. SPDX-License-Identifier: GPL-3.0-or-later */
/* The parent locks, a thread unlocks: a lock in the place of a semaphore. */
#include <pthread.h>

#include "strategies/strategy.h"

static pthread_mutex_t busy = PTHREAD_MUTEX_INITIALIZER;

struct share {
    struct job *job;
    int worker, workers;
    pthread_t thread;
};

static void *work(void *argument)
{
    struct share *share = argument;
    for (int task = share->worker; task < share->job->tasks; task += share->workers)
        job_run(share->job, task, share->worker);
    if (share->worker == 0)
        pthread_mutex_unlock(&busy);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    struct share shares[64];
    (void)state;
    pthread_mutex_lock(&busy);
    for (int i = 0; i < workers; i++) {
        shares[i] = (struct share){job, i, workers, 0};
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

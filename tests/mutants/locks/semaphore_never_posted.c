/* verdict: lost-wakeup at 18. SPDX-License-Identifier: GPL-3.0-or-later */
/* A semaphore that starts at 1 for every worker, and is posted for all but one. */
#include <pthread.h>
#include <semaphore.h>

#include "strategies/strategy.h"

struct share {
    struct job *job;
    int worker, workers;
    sem_t *go;
    pthread_t thread;
};

static void *work(void *argument)
{
    struct share *share = argument;
    sem_wait(share->go);
    for (int task = share->worker; task < share->job->tasks; task += share->workers)
        job_run(share->job, task, share->worker);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    struct share shares[64];
    sem_t go;
    (void)state;
    sem_init(&go, 0, 0);
    for (int i = 0; i < workers; i++) {
        shares[i] = (struct share){job, i, workers, &go, 0};
        pthread_create(&shares[i].thread, NULL, work, &shares[i]);
    }
    for (int i = 1; i < workers; i++)
        sem_post(&go);
    for (int i = 0; i < workers; i++)
        pthread_join(shares[i].thread, NULL);
    sem_destroy(&go);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

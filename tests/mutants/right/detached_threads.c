/* verdict: correct. SPDX-License-Identifier: GPL-3.0-or-later */
/* Detached threads, and a semaphore that counts those that have done. */
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

#include "strategies/strategy.h"

struct share {
    struct job *job;
    int worker, workers;
    sem_t *done;
};

static void *work(void *argument)
{
    struct share *share = argument;
    for (int task = share->worker; task < share->job->tasks; task += share->workers)
        job_run(share->job, task, share->worker);
    sem_post(share->done);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    struct share shares[64];
    sem_t done;
    (void)state;
    sem_init(&done, 0, 0);
    for (int i = 0; i < workers; i++) {
        pthread_t thread;
        shares[i] = (struct share){job, i, workers, &done};
        pthread_create(&thread, NULL, work, &shares[i]);
        pthread_detach(thread);
    }
    for (int i = 0; i < workers; i++)
        sem_wait(&done);
    sem_destroy(&done);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

/* verdict: leaked-thread at 36. SPDX-License-Identifier: GPL-3.0-or-later */
/* The threads wait for the next job, which never comes. */
#include <pthread.h>
#include <semaphore.h>

#include "strategies/strategy.h"

struct share {
    struct job *job;
    int worker, workers;
    sem_t done, next;
};
static struct share shares[256];
static int used;

static void *work(void *argument)
{
    struct share *share = argument;
    for (int task = share->worker; task < share->job->tasks; task += share->workers)
        job_run(share->job, task, share->worker);
    sem_post(&share->done);
    sem_wait(&share->next);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    pthread_t thread;
    int first = used;
    (void)state;
    for (int i = 0; i < workers; i++, used++) {
        struct share *share = &shares[used];
        *share = (struct share){.job = job, .worker = i, .workers = workers};
        sem_init(&share->done, 0, 0);
        sem_init(&share->next, 0, 0);
        pthread_create(&thread, NULL, work, share);
    }
    for (int i = 0; i < workers; i++)
        sem_wait(&shares[first + i].done);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

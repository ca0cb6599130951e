/* verdict: leaked-thread at 35 or 38. SPDX-License-Identifier: GPL-3.0-or-later */
/* 200 threads that wait for work which never comes. */
#include <pthread.h>
#include <semaphore.h>

#include "strategies/strategy.h"

struct share {
    struct job *job;
    int worker, workers;
};
static struct share share[200];
static sem_t never;
static void *wait_for_more(void *argument)
{
    (void)argument;
    sem_wait(&never);
    return NULL;
}

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
    pthread_t thread[64], idle;
    sem_init(&never, 0, 0);
    for (int i = 0; i < 200; i++)
        pthread_create(&idle, NULL, wait_for_more, NULL);
    for (int w = 0; w < workers; w++) {
        share[w] = (struct share){job, w, workers};
        pthread_create(&thread[w], NULL, work, &share[w]);
    }
    for (int w = 0; w < workers; w++)
        pthread_join(thread[w], NULL);
    return 0;
}

const struct strategy strategy_mine = {.name = "mine", .summary = "leaked threads", .run = run};

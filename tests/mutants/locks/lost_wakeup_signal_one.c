/* verdict: lost-wakeup at 22. SPDX-License-Identifier: GPL-3.0-or-later */
/* Wakes one thread where all are waiting. */
#include <pthread.h>

#include "strategies/strategy.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t start = PTHREAD_COND_INITIALIZER;
static int started;

struct share {
    struct job *job;
    int worker, workers;
    pthread_t thread;
};

static void *work(void *argument)
{
    struct share *share = argument;
    pthread_mutex_lock(&lock);
    while (!started)
        pthread_cond_wait(&start, &lock);
    pthread_mutex_unlock(&lock);
    for (int task = share->worker; task < share->job->tasks; task += share->workers)
        job_run(share->job, task, share->worker);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    struct share shares[64];
    (void)state;
    pthread_mutex_lock(&lock);
    started = 0;
    for (int i = 0; i < workers; i++) {
        shares[i] = (struct share){job, i, workers, 0};
        pthread_create(&shares[i].thread, NULL, work, &shares[i]);
        pthread_mutex_unlock(&lock);
        pthread_mutex_lock(&lock);
    }
    pthread_mutex_unlock(&lock);
    nanosleep(&(struct timespec){0, 20000000}, NULL);
    pthread_mutex_lock(&lock);
    started = 1;
    pthread_cond_signal(&start);
    pthread_mutex_unlock(&lock);
    for (int i = 0; i < workers; i++)
        pthread_join(shares[i].thread, NULL);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

/* verdict: too-many-threads at 32. SPDX-License-Identifier: GPL-3.0-or-later */
/* A thread for every task; the worker numbers go round. */
#include <pthread.h>
#include <stdlib.h>

#include "strategies/strategy.h"

struct errand {
    struct job *job;
    int task, worker;
    pthread_t thread;
};
static pthread_mutex_t locks[64];

static void *work(void *argument)
{
    struct errand *errand = argument;
    pthread_mutex_lock(&locks[errand->worker]);
    job_run(errand->job, errand->task, errand->worker);
    pthread_mutex_unlock(&locks[errand->worker]);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    struct errand *errands = calloc((size_t)job->tasks + 1, sizeof *errands);
    (void)state;
    for (int i = 0; i < workers; i++)
        pthread_mutex_init(&locks[i], NULL);
    for (int i = 0; i < job->tasks; i++) {
        errands[i] = (struct errand){.job = job, .task = i, .worker = i % workers};
        pthread_create(&errands[i].thread, NULL, work, &errands[i]);
    }
    for (int i = 0; i < job->tasks; i++)
        pthread_join(errands[i].thread, NULL);
    free(errands);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

/* verdict: correct. SPDX-License-Identifier: GPL-3.0-or-later */
/* Whoever is free takes the next; a mutex for the counter. */
#include <pthread.h>
#include <stdlib.h>

#include "strategies/strategy.h"

struct team {
    pthread_mutex_t lock;
    struct job *job;
    int next, hired; /* under the lock */
};

static void *work(void *argument)
{
    struct team *team = argument;
    pthread_mutex_lock(&team->lock);
    int worker = team->hired++;
    while (team->next < team->job->tasks) {
        int task = team->next++;
        pthread_mutex_unlock(&team->lock);
        job_run(team->job, task, worker);
        pthread_mutex_lock(&team->lock);
    }
    pthread_mutex_unlock(&team->lock);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    struct team team = {.lock = PTHREAD_MUTEX_INITIALIZER, .job = job};
    pthread_t *threads = malloc((size_t)workers * sizeof *threads);
    (void)state;
    if (!threads)
        return job_fail(job, "threads", 0);
    for (int i = 0; i < workers; i++)
        pthread_create(&threads[i], NULL, work, &team);
    for (int i = 0; i < workers; i++)
        pthread_join(threads[i], NULL);
    free(threads);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

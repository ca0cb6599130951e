/* verdict: correct. SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads that live across jobs: start, run, stop. */
#include <pthread.h>
#include <stdlib.h>

#include "strategies/strategy.h"

struct pool {
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    struct job *job; /* NULL: none */
    int next, busy, hired, workers, over;
    pthread_t threads[64];
};

static void *serve(void *argument)
{
    struct pool *pool = argument;
    pthread_mutex_lock(&pool->lock);
    int worker = pool->hired++;
    while (!pool->over) {
        if (!pool->job || pool->next >= pool->job->tasks) {
            pthread_cond_wait(&pool->work, &pool->lock);
            continue;
        }
        int task = pool->next++;
        struct job *job = pool->job;
        pool->busy++;
        pthread_mutex_unlock(&pool->lock);
        job_run(job, task, worker);
        pthread_mutex_lock(&pool->lock);
        pool->busy--;
        pthread_cond_signal(&pool->done);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

static int start(struct job *job, int workers, void **state)
{
    struct pool *pool = calloc(1, sizeof *pool);
    if (!pool)
        return job_fail(job, "pool", 0);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->work, NULL);
    pthread_cond_init(&pool->done, NULL);
    pool->workers = workers;
    for (int i = 0; i < workers; i++)
        pthread_create(&pool->threads[i], NULL, serve, pool);
    *state = pool;
    return 0;
}

static int run(struct job *job, int workers, void *state)
{
    struct pool *pool = state;
    (void)workers;
    pthread_mutex_lock(&pool->lock);
    pool->job = job;
    pool->next = 0;
    pthread_cond_broadcast(&pool->work);
    while (pool->next < job->tasks || pool->busy > 0)
        pthread_cond_wait(&pool->done, &pool->lock);
    pool->job = NULL;
    pthread_mutex_unlock(&pool->lock);
    return 0;
}

static int stop(struct job *job, void *state)
{
    struct pool *pool = state;
    (void)job;
    pthread_mutex_lock(&pool->lock);
    pool->over = 1;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
    for (int i = 0; i < pool->workers; i++)
        pthread_join(pool->threads[i], NULL);
    pthread_mutex_destroy(&pool->lock);
    pthread_cond_destroy(&pool->work);
    pthread_cond_destroy(&pool->done);
    free(pool);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .start = start,
    .run = run,
    .stop = stop,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pool: threads that are created once and then take tasks from a queue, job after job.
 *
 * Costs:    the threads, once, in start(); then a wake-up a job, and one atomic addition a task.
 * Shares:   all memory, as pthreads does.
 * Choose it when there are many jobs, or when tasks or cores are uneven: whoever is free takes the
 *           next task, so nobody waits while there is work left.
 *
 * Tasks are numbered and independent, so the queue is a counter: taking a task is adding one to it
 * (or ten, with `--chunk 10`). The mutex guards what the sleeping workers and the caller tell each
 * other (`generation`, `busy`, `closing`, `job`); `next` is an atomic, so that taking a task never
 * sleeps.
 *
 * A question to think about: why does work() compare generations, and not just ask "is there a
 * job"?
 */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "strategies/strategy.h"

struct pool;

struct member {
    struct pool *pool;
    int worker;
    pthread_t thread;
};

struct pool {
    pthread_mutex_t mutex;
    pthread_cond_t wake;  /* to the workers: a new generation, or closing */
    pthread_cond_t ready; /* to the caller: busy has become 0 */
    unsigned generation;  /* counts the jobs */
    int busy;             /* workers that have not finished this generation */
    bool closing;
    struct job *job;
    atomic_int next; /* the queue: the next task that nobody has taken */
    int workers;     /* threads that exist */
    struct member members[];
};

static void take_tasks(struct job *job, atomic_int *next, int worker)
{
    int first;
    while ((first = atomic_fetch_add_explicit(next, job->chunk, memory_order_relaxed)) < job->tasks)
        for (int task = first; task < job_chunk_end(job, first); task++)
            job_run(job, task, worker);
}

static void *work(void *argument)
{
    struct member *member = argument;
    struct pool *pool = member->pool;
    unsigned seen = 0;

    pthread_mutex_lock(&pool->mutex);
    for (;;) {
        while (pool->generation == seen && !pool->closing)
            pthread_cond_wait(&pool->wake, &pool->mutex);
        if (pool->closing)
            break;
        seen = pool->generation;
        pthread_mutex_unlock(&pool->mutex);

        take_tasks(pool->job, &pool->next, member->worker);

        pthread_mutex_lock(&pool->mutex);
        if (--pool->busy == 0)
            pthread_cond_signal(&pool->ready);
    }
    pthread_mutex_unlock(&pool->mutex);
    return NULL;
}

static int stop(struct job *job, void *state)
{
    struct pool *pool = state;
    int failed = 0;

    pthread_mutex_lock(&pool->mutex);
    pool->closing = true;
    pthread_cond_broadcast(&pool->wake);
    pthread_mutex_unlock(&pool->mutex);
    for (int worker = 0; worker < pool->workers; worker++) {
        int problem = pthread_join(pool->members[worker].thread, NULL);
        if (problem)
            failed = job_fail(job, "pthread_join", problem);
    }
    pthread_cond_destroy(&pool->ready);
    pthread_cond_destroy(&pool->wake);
    pthread_mutex_destroy(&pool->mutex);
    free(pool);
    return failed;
}

static int start(struct job *job, int workers, void **state)
{
    struct pool *pool = malloc(sizeof *pool + (size_t)workers * sizeof pool->members[0]);
    if (!pool)
        return job_fail(job, "pool", ENOMEM);
    *pool = (struct pool){.mutex = PTHREAD_MUTEX_INITIALIZER,
                          .wake = PTHREAD_COND_INITIALIZER,
                          .ready = PTHREAD_COND_INITIALIZER};
    for (; pool->workers < workers; pool->workers++) {
        struct member *member = &pool->members[pool->workers];
        *member = (struct member){.pool = pool, .worker = pool->workers};
        int problem = pthread_create(&member->thread, NULL, work, member);
        if (problem) {
            stop(job, pool);
            return job_fail(job, "pthread_create", problem);
        }
    }
    *state = pool;
    return 0;
}

static int run(struct job *job, int workers, void *state)
{
    struct pool *pool = state;

    pthread_mutex_lock(&pool->mutex);
    pool->job = job;
    atomic_store(&pool->next, 0);
    pool->busy = workers;
    pool->generation++;
    pthread_cond_broadcast(&pool->wake);
    while (pool->busy > 0)
        pthread_cond_wait(&pool->ready, &pool->mutex);
    pthread_mutex_unlock(&pool->mutex);
    return 0;
}

const struct strategy strategy_pool = {
    .name = "pool",
    .summary = "threads created once that take tasks from a queue",
    .has_chunks = true,
    .start = start,
    .run = run,
    .stop = stop,
};

/* verdict: deadlock at 15. SPDX-License-Identifier: GPL-3.0-or-later */
/* Takes two locks, even workers in one order, odd ones in the other. */
#include <pthread.h>

#include "strategies/strategy.h"

static pthread_mutex_t counter = PTHREAD_MUTEX_INITIALIZER, log = PTHREAD_MUTEX_INITIALIZER;
static struct job *current;
static int next, done;

static int take(int worker)
{
    pthread_mutex_t *first = worker % 2 ? &counter : &log, *second = worker % 2 ? &log : &counter;
    pthread_mutex_lock(first);
    pthread_mutex_lock(second);
    int task = next++;
    done++;
    pthread_mutex_unlock(second);
    pthread_mutex_unlock(first);
    return task;
}

static void *work(void *argument)
{
    int worker = *(int *)argument, task;
    while ((task = take(worker)) < current->tasks)
        job_run(current, task, worker);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    pthread_t threads[64];
    int numbers[64];
    (void)state;
    current = job;
    next = 0;
    for (int i = 0; i < workers; i++) {
        numbers[i] = i;
        pthread_create(&threads[i], NULL, work, &numbers[i]);
    }
    for (int i = 0; i < workers; i++)
        pthread_join(threads[i], NULL);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

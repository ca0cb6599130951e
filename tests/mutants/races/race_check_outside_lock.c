/* verdict: data-race at 14. SPDX-License-Identifier: GPL-3.0-or-later */
/* The end is checked without the lock that the counter is changed under. */
#include <pthread.h>

#include "strategies/strategy.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct job *current;
static int next;

static void *work(void *argument)
{
    int worker = *(int *)argument;
    while (next < current->tasks) {
        pthread_mutex_lock(&lock);
        int task = next < current->tasks ? next++ : -1;
        pthread_mutex_unlock(&lock);
        if (task >= 0)
            job_run(current, task, worker);
    }
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

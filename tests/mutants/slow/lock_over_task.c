/* verdict: correct, lock-held at 15. SPDX-License-Identifier: GPL-3.0-or-later */
/* Holds the lock of the counter while the task runs. */
#include <pthread.h>

#include "strategies/strategy.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct job *current;
static int next;

static void *work(void *argument)
{
    int worker = *(int *)argument, more = 1;
    while (more) {
        pthread_mutex_lock(&lock);
        more = next < current->tasks;
        if (more)
            job_run(current, next++, worker);
        pthread_mutex_unlock(&lock);
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

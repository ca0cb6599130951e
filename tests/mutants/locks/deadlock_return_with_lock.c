/* verdict: deadlock at 15. SPDX-License-Identifier: GPL-3.0-or-later */
/* Returns in the middle of a critical section. */
#include <pthread.h>

#include "strategies/strategy.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct job *current;
static int next;

static void *work(void *argument)
{
    int worker = *(int *)argument;
    for (;;) {
        pthread_mutex_lock(&lock);
        if (next >= current->tasks)
            return NULL;
        int task = next++;
        pthread_mutex_unlock(&lock);
        job_run(current, task, worker);
    }
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

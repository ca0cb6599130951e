/* verdict: data-race at 13. SPDX-License-Identifier: GPL-3.0-or-later */
/* `volatile` for atomic. */
#include <pthread.h>

#include "strategies/strategy.h"

static struct job *current;
static volatile int next;

static void *work(void *argument)
{
    int worker = *(int *)argument, task;
    while ((task = next++) < current->tasks)
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

/* verdict: stale-state at 9. SPDX-License-Identifier: GPL-3.0-or-later */
/* A counter that begins at 0, once. */
#include <pthread.h>
#include <stdatomic.h>

#include "strategies/strategy.h"

static struct job *current;
static atomic_int next = 0;

static void *work(void *argument)
{
    int worker = *(int *)argument, task;
    while ((task = atomic_fetch_add(&next, 1)) < current->tasks)
        job_run(current, task, worker);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    pthread_t threads[64];
    int numbers[64];
    (void)state;
    current = job;
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

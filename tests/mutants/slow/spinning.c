/* verdict: correct, spinning at 18. SPDX-License-Identifier: GPL-3.0-or-later */
/* Waits for the others in a loop, with an atomic counter. */
#include <pthread.h>
#include <stdatomic.h>

#include "strategies/strategy.h"

static atomic_int next, done;
static struct job *current;

static void *work(void *argument)
{
    int worker = *(int *)argument, task;
    while ((task = atomic_fetch_add(&next, 1)) < current->tasks) {
        job_run(current, task, worker);
        atomic_fetch_add(&done, 1);
    }
    while (atomic_load(&done) < current->tasks)
        continue;
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    pthread_t threads[64];
    int numbers[64];
    (void)state;
    current = job;
    atomic_store(&next, 0);
    atomic_store(&done, 0);
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

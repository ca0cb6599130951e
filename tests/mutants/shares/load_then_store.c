/* verdict: task-twice at 15. SPDX-License-Identifier: GPL-3.0-or-later */
/* An atomic counter, which is read and written in two steps: no race, and two threads get the same task. */
#include <pthread.h>
#include <stdatomic.h>

#include "strategies/strategy.h"

static struct job *current;
static atomic_int next;

static void *work(void *worker)
{
    for (int task; (task = atomic_load(&next)) < current->tasks;) {
        atomic_store(&next, task + 1);
        job_run(current, task, *(int *)worker);
    }
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    pthread_t threads[64];
    int numbers[64];
    (void)state;
    current = job;
    atomic_store(&next, 0);
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

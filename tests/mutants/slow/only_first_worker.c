/* verdict: correct, not-parallel at 16. SPDX-License-Identifier: GPL-3.0-or-later */
/* Deals the tasks out in chunks of so many that the first worker gets them all. */
#include <pthread.h>
#include <stdatomic.h>

#include "strategies/strategy.h"

static struct job *current;
static atomic_int next;

static void *work(void *argument)
{
    int worker = *(int *)argument, chunk = current->tasks, begin;
    while ((begin = atomic_fetch_add(&next, chunk)) < current->tasks)
        for (int task = begin; task < begin + chunk && task < current->tasks; task++)
            job_run(current, task, worker);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    pthread_t threads[64];
    int numbers[64];
    (void)state;
    if (job->tasks == 0)
        return 0;
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

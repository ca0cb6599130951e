/* verdict: correct. SPDX-License-Identifier: GPL-3.0-or-later */
/* C11 atomics; the calling thread is worker 0. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#include "strategies/strategy.h"

static struct job *current;
static atomic_int next;

static void *work(void *argument)
{
    int worker = (int)(intptr_t)argument, task;
    while ((task = atomic_fetch_add(&next, 1)) < current->tasks)
        job_run(current, task, worker);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    pthread_t threads[64];
    (void)state;
    current = job;
    atomic_store(&next, 0);
    for (int i = 1; i < workers; i++)
        pthread_create(&threads[i], NULL, work, (void *)(intptr_t)i);
    work((void *)0);
    for (int i = 1; i < workers; i++)
        pthread_join(threads[i], NULL);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

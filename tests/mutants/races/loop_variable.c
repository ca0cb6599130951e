/* verdict: loop-variable at 25. SPDX-License-Identifier: GPL-3.0-or-later */
/* Every thread is given the address of the loop's own variable. */
#include <pthread.h>

#include "strategies/strategy.h"

static struct job *current;
static int worker_count;

static void *work(void *argument)
{
    int worker = *(int *)argument;
    for (int task = worker; task < current->tasks; task += worker_count)
        job_run(current, task, worker);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    pthread_t threads[64];
    (void)state;
    current = job;
    worker_count = workers;
    for (int i = 0; i < workers; i++)
        pthread_create(&threads[i], NULL, work, &i);
    for (int i = 0; i < workers; i++)
        pthread_join(threads[i], NULL);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

/* verdict: loop-variable at 24. SPDX-License-Identifier: GPL-3.0-or-later */
/* The address of w, which the loop goes on to change. */
#include <pthread.h>

#include "strategies/strategy.h"

static struct job *the_job;
static int worker_count;
static void *work(void *argument)
{
    int worker = *(int *)argument;
    for (int task = worker; task < the_job->tasks; task += worker_count)
        job_run(the_job, task, worker);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    pthread_t thread[64];
    the_job = job;
    worker_count = workers;
    for (int w = 0; w < workers; w++)
        pthread_create(&thread[w], NULL, work, &w);
    for (int w = 0; w < workers; w++)
        pthread_join(thread[w], NULL);
    return 0;
}

const struct strategy strategy_mine = {.name = "mine", .summary = "loop variable", .run = run};

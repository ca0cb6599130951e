/* verdict: fixed-workers at 11 or 22. SPDX-License-Identifier: GPL-3.0-or-later */
/* The literal answer to exercise 3.1: even tasks and odd ones, in two threads. */
#include <pthread.h>

#include "strategies/strategy.h"

static void *work_odd(void *argument)
{
    struct job *job = argument;
    for (int task = 1; task < job->tasks; task += 2)
        job_run(job, task, 1);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    (void)workers;
    pthread_t thread;
    pthread_create(&thread, NULL, work_odd, job);
    for (int task = 0; task < job->tasks; task += 2)
        job_run(job, task, 0);
    pthread_join(thread, NULL);
    return 0;
}

const struct strategy strategy_mine = {.name = "mine", .summary = "two threads", .run = run};

/* verdict: correct. SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts the tasks that failed, and tells of them by job_fail(). */
#include <pthread.h>
#include <stdatomic.h>

#include "strategies/strategy.h"

static struct job *current;
static atomic_int next, failures;

static void *work(void *worker)
{
    for (int task; (task = atomic_fetch_add(&next, 1)) < current->tasks;)
        if (job_run(current, task, *(int *)worker) != 0)
            atomic_fetch_add(&failures, 1);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    pthread_t threads[64];
    int numbers[64], started = 0, problem = 0;
    (void)state;
    current = job;
    atomic_store(&next, 0);
    atomic_store(&failures, 0);
    for (; started < workers && problem == 0; started++) {
        numbers[started] = started;
        problem = pthread_create(&threads[started], NULL, work, &numbers[started]);
    }
    if (problem != 0)
        started--;
    while (started > 0)
        pthread_join(threads[--started], NULL);
    if (problem != 0)
        return job_fail(job, "pthread_create", problem);
    return atomic_load(&failures) > 0 ? job_fail(job, "some tasks have failed", 0) : 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

/* verdict: too-many-threads at 25. SPDX-License-Identifier: GPL-3.0-or-later */
/* A thread for each task, all at once. */
#include <pthread.h>

#include "strategies/strategy.h"

struct share {
    struct job *job;
    int worker, workers;
};
static void *work(void *argument)
{
    struct share *share = argument;
    job_run(share->job, share->worker, share->worker % share->workers);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    static pthread_t thread[1024];
    static struct share share[1024];
    for (int task = 0; task < job->tasks; task++) {
        share[task] = (struct share){job, task, workers};
        pthread_create(&thread[task], NULL, work, &share[task]);
    }
    for (int task = 0; task < job->tasks; task++)
        pthread_join(thread[task], NULL);
    return 0;
}

const struct strategy strategy_mine = {.name = "mine", .summary = "thread per task", .run = run};

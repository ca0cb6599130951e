/* verdict: correct, not-parallel at 17. SPDX-License-Identifier: GPL-3.0-or-later */
/* The threads are there, and the first has all the tasks. */
#include <pthread.h>

#include "strategies/strategy.h"

struct share {
    struct job *job;
    int worker, workers;
};
static void *work(void *argument)
{
    struct share *share = argument;
    if (share->worker > 0)
        return NULL;
    for (int task = 0; task < share->job->tasks; task++)
        job_run(share->job, task, share->worker);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    pthread_t thread[64];
    struct share share[64];
    for (int w = 0; w < workers; w++) {
        share[w] = (struct share){job, w, workers};
        pthread_create(&thread[w], NULL, work, &share[w]);
    }
    for (int w = 0; w < workers; w++)
        pthread_join(thread[w], NULL);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine", .summary = "first worker does all", .run = run};

/* verdict: dropped-remainder at 14. SPDX-License-Identifier: GPL-3.0-or-later */
/* tasks / workers for each. */
#include <pthread.h>

#include "strategies/strategy.h"

struct share {
    struct job *job;
    int worker, workers;
};
static void *work(void *argument)
{
    struct share *share = argument;
    int count = share->job->tasks / share->workers;
    for (int i = 0; i < count; i++)
        job_run(share->job, share->worker * count + i, share->worker);
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

const struct strategy strategy_mine = {.name = "mine", .summary = "dropped remainder", .run = run};

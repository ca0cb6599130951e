/* verdict: dropped-remainder at 24. SPDX-License-Identifier: GPL-3.0-or-later */
/* Equal shares: tasks / workers for each. */
#include <pthread.h>

#include "strategies/strategy.h"

struct share {
    struct job *job;
    int worker, begin, end;
    pthread_t thread;
};

static void *work(void *argument)
{
    struct share *share = argument;
    for (int task = share->begin; task < share->end; task++)
        job_run(share->job, task, share->worker);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    struct share shares[64];
    int each = job->tasks / workers;
    (void)state;
    for (int i = 0; i < workers; i++) {
        shares[i] = (struct share){job, i, i * each, (i + 1) * each, 0};
        pthread_create(&shares[i].thread, NULL, work, &shares[i]);
    }
    for (int i = 0; i < workers; i++)
        pthread_join(shares[i].thread, NULL);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

/* verdict: fixed-workers at 17. SPDX-License-Identifier: GPL-3.0-or-later */
/* Two threads: the first does the even tasks, the second the odd ones. */
#include <pthread.h>

#include "strategies/strategy.h"

struct share {
    struct job *job;
    int first;
    pthread_t thread;
};

static void *work(void *argument)
{
    struct share *share = argument;
    for (int task = share->first; task < share->job->tasks; task += 2)
        job_run(share->job, task, share->first);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    struct share shares[2];
    (void)state, (void)workers;
    for (int i = 0; i < 2; i++) {
        shares[i] = (struct share){.job = job, .first = i};
        pthread_create(&shares[i].thread, NULL, work, &shares[i]);
    }
    for (int i = 0; i < 2; i++)
        pthread_join(shares[i].thread, NULL);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

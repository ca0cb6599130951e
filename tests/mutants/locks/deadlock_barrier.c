/* verdict: deadlock at 17. SPDX-License-Identifier: GPL-3.0-or-later */
/* A barrier for one more than will ever come. */
#include <pthread.h>

#include "strategies/strategy.h"

struct share {
    struct job *job;
    int worker, workers;
    pthread_barrier_t *together;
    pthread_t thread;
};

static void *work(void *argument)
{
    struct share *share = argument;
    pthread_barrier_wait(share->together);
    for (int task = share->worker; task < share->job->tasks; task += share->workers)
        job_run(share->job, task, share->worker);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    struct share shares[64];
    pthread_barrier_t together;
    (void)state;
    pthread_barrier_init(&together, NULL, (unsigned)workers + 1);
    for (int i = 0; i < workers; i++) {
        shares[i] = (struct share){job, i, workers, &together, 0};
        pthread_create(&shares[i].thread, NULL, work, &shares[i]);
    }
    for (int i = 0; i < workers; i++)
        pthread_join(shares[i].thread, NULL);
    pthread_barrier_destroy(&together);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

/* verdict: data-race at 17 or 33. SPDX-License-Identifier: GPL-3.0-or-later */
/* One thread tells the others by a plain flag that there is work. */
#include <pthread.h>
#include <sched.h>

#include "strategies/strategy.h"

struct share {
    struct job *job;
    int worker, workers, *go;
    pthread_t thread;
};

static void *work(void *argument)
{
    struct share *share = argument;
    while (!*(volatile int *)share->go)
        sched_yield();
    for (int task = share->worker; task < share->job->tasks; task += share->workers)
        job_run(share->job, task, share->worker);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    struct share shares[64];
    int go = 0;
    (void)state;
    for (int i = 0; i < workers; i++) {
        shares[i] = (struct share){job, i, workers, &go, 0};
        pthread_create(&shares[i].thread, NULL, work, &shares[i]);
    }
    go = 1;
    for (int i = 0; i < workers; i++)
        pthread_join(shares[i].thread, NULL);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

/* verdict: memory-error at 19. SPDX-License-Identifier: GPL-3.0-or-later */
/* Frees what the threads still read. */
#include <pthread.h>
#include <stdlib.h>

#include "strategies/strategy.h"

struct share {
    struct job *job;
    int worker, workers;
};

static void *work(void *argument)
{
    struct share *share = argument;
    for (int task = share->worker; task < share->job->tasks; task += share->workers)
        job_run(share->job, task, share->worker);
    free(share);
    return share->job;
}

static int run(struct job *job, int workers, void *state)
{
    pthread_t threads[64];
    (void)state;
    for (int i = 0; i < workers; i++) {
        struct share *share = malloc(sizeof *share);
        *share = (struct share){job, i, workers};
        pthread_create(&threads[i], NULL, work, share);
    }
    for (int i = 0; i < workers; i++)
        pthread_join(threads[i], NULL);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

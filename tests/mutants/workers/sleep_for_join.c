/* verdict: forgotten-join at 32. SPDX-License-Identifier: GPL-3.0-or-later */
/* Detaches the threads, and sleeps for a second: that will be enough. */
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "strategies/strategy.h"

struct share {
    struct job *job;
    int worker, workers;
};

static void *work(void *argument)
{
    struct share share = *(struct share *)argument;
    free(argument);
    for (int task = share.worker; task < share.job->tasks; task += share.workers)
        job_run(share.job, task, share.worker);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    for (int i = 0; i < workers; i++) {
        struct share *share = malloc(sizeof *share);
        pthread_t thread;
        if (!share)
            return -1;
        *share = (struct share){job, i, workers};
        if (pthread_create(&thread, NULL, work, share) == 0)
            pthread_detach(thread);
    }
    sleep(1);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

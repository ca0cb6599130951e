/* verdict: leaked-memory at 17. SPDX-License-Identifier: GPL-3.0-or-later */
/* A buffer for each task, and nobody frees it. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "strategies/strategy.h"

struct share {
    struct job *job;
    int worker, workers;
};
static void *work(void *argument)
{
    struct share *share = argument;
    for (int task = share->worker; task < share->job->tasks; task += share->workers) {
        char *buffer = malloc(700000);
        if (buffer)
            memset(buffer, task, 700000);
        job_run(share->job, task, share->worker);
    }
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

const struct strategy strategy_mine = {.name = "mine", .summary = "leaked memory", .run = run};

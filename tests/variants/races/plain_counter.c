/* verdict: data-race at 16. SPDX-License-Identifier: GPL-3.0-or-later */
/* Exercise 3.4: a plain int that all threads share. */
#include <pthread.h>

#include "strategies/strategy.h"

struct share {
    struct job *job;
    int worker, workers;
};
static int next;
static void *work(void *argument)
{
    struct share *share = argument;
    for (;;) {
        int task = next++;
        if (task >= share->job->tasks)
            return NULL;
        job_run(share->job, task, share->worker);
    }
}

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    next = 0;
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

const struct strategy strategy_mine = {.name = "mine", .summary = "plain counter", .run = run};

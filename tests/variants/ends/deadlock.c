/* verdict: deadlock at 17. SPDX-License-Identifier: GPL-3.0-or-later */
/* Goes away with the lock when there is nothing left to do. */
#include <pthread.h>

#include "strategies/strategy.h"

struct share {
    struct job *job;
    int worker, workers;
};
static int next;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static void *work(void *argument)
{
    struct share *share = argument;
    for (;;) {
        pthread_mutex_lock(&lock);
        int task = next++;
        if (task >= share->job->tasks)
            return NULL;
        pthread_mutex_unlock(&lock);
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

const struct strategy strategy_mine = {.name = "mine", .summary = "deadlock", .run = run};

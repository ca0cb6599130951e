/* verdict: data-race at 18 or 20. SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the counter under the lock, and changes it without. */
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
        int task = next;
        pthread_mutex_unlock(&lock);
        next = task + 1;
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

const struct strategy strategy_mine = {
    .name = "mine", .summary = "lock let go too soon", .run = run};

/* verdict: endless-loop at 19. SPDX-License-Identifier: GPL-3.0-or-later */
/* Goes round until everybody has begun, and with fewer tasks than workers nobody does. */
#include <pthread.h>
#include <stdatomic.h>

#include "strategies/strategy.h"

struct share {
    struct job *job;
    int worker, workers;
};
static atomic_int begun;
static void *work(void *argument)
{
    struct share *share = argument;
    for (int task = share->worker; task < share->job->tasks; task += share->workers)
        job_run(share->job, task, share->worker);
    atomic_fetch_add(&begun, share->worker < share->job->tasks);
    while (atomic_load(&begun) < share->workers)
        continue;
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    atomic_store(&begun, 0);
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

const struct strategy strategy_mine = {.name = "mine", .summary = "waits for a flag", .run = run};

/* verdict: correct. SPDX-License-Identifier: GPL-3.0-or-later */
/* Chunks that grow smaller: half of what is left, shared by all. */
#include <pthread.h>

#include "strategies/strategy.h"

struct team {
    pthread_mutex_t lock;
    struct job *job;
    int next, workers;
};
struct member {
    struct team *team;
    int worker;
    pthread_t thread;
};

static int take(struct team *team, int *begin)
{
    pthread_mutex_lock(&team->lock);
    int left = team->job->tasks - team->next, chunk = left / (2 * team->workers);
    if (chunk == 0 && left > 0)
        chunk = 1;
    *begin = team->next;
    team->next += chunk;
    pthread_mutex_unlock(&team->lock);
    return chunk;
}

static void *work(void *argument)
{
    struct member *member = argument;
    for (int begin, count; (count = take(member->team, &begin)) > 0;)
        for (int i = 0; i < count; i++)
            job_run(member->team->job, begin + i, member->worker);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    struct team team = {PTHREAD_MUTEX_INITIALIZER, job, 0, workers};
    struct member members[64];
    (void)state;
    for (int i = 0; i < workers; i++) {
        members[i] = (struct member){.team = &team, .worker = i};
        pthread_create(&members[i].thread, NULL, work, &members[i]);
    }
    for (int i = 0; i < workers; i++)
        pthread_join(members[i].thread, NULL);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

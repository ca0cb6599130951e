/* verdict: data-race at 21. SPDX-License-Identifier: GPL-3.0-or-later */
/* Whoever is free takes the next task, by a counter that is a plain int. */
#include <pthread.h>

#include "strategies/strategy.h"

struct team {
    struct job *job;
    int next, worker_count;
};
struct member {
    struct team *team;
    int worker;
    pthread_t thread;
};

static void *work(void *argument)
{
    struct member *member = argument;
    for (;;) {
        int task = member->team->next++;
        if (task >= member->team->job->tasks)
            return NULL;
        job_run(member->team->job, task, member->worker);
    }
}

static int run(struct job *job, int workers, void *state)
{
    struct team team = {.job = job};
    struct member members[64];
    (void)state;
    for (int i = 0; i < workers; i++) {
        members[i].team = &team;
        members[i].worker = i;
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

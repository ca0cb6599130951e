/* verdict: correct. SPDX-License-Identifier: GPL-3.0-or-later */
/* Stops handing out when a task has failed, and says so. */
#include <pthread.h>
#include <stdatomic.h>

#include "strategies/strategy.h"

struct team {
    struct job *job;
    atomic_int next;
    atomic_bool failed;
};
struct member {
    struct team *team;
    int worker;
    pthread_t thread;
};

static void *work(void *argument)
{
    struct member *member = argument;
    struct team *team = member->team;
    for (int task; !atomic_load(&team->failed) &&
                   (task = atomic_fetch_add(&team->next, 1)) < team->job->tasks;)
        if (job_run(team->job, task, member->worker) != 0)
            atomic_store(&team->failed, true);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    struct team team = {.job = job};
    struct member members[64];
    (void)state;
    for (int i = 0; i < workers; i++) {
        members[i] = (struct member){.team = &team, .worker = i};
        pthread_create(&members[i].thread, NULL, work, &members[i]);
    }
    for (int i = 0; i < workers; i++)
        pthread_join(members[i].thread, NULL);
    return atomic_load(&team.failed) ? -1 : 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

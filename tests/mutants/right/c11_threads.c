/* verdict: correct. SPDX-License-Identifier: GPL-3.0-or-later */
/* The threads of C11, and a gate that opens when all are there. */
#include <threads.h>

#include "strategies/strategy.h"

struct team {
    struct job *job;
    mtx_t lock;
    cnd_t open;
    int workers, there, next;
};
struct member {
    struct team *team;
    int worker;
    thrd_t thread;
};

static int take(struct team *team)
{
    mtx_lock(&team->lock);
    int task = team->next++;
    mtx_unlock(&team->lock);
    return task;
}

static int work(void *argument)
{
    struct member *member = argument;
    struct team *team = member->team;
    mtx_lock(&team->lock);
    if (++team->there == team->workers)
        cnd_broadcast(&team->open);
    while (team->there < team->workers)
        cnd_wait(&team->open, &team->lock);
    mtx_unlock(&team->lock);
    for (int task; (task = take(team)) < team->job->tasks;)
        job_run(team->job, task, member->worker);
    return 0;
}

static int run(struct job *job, int workers, void *state)
{
    struct team team = {.job = job, .workers = workers};
    struct member members[64];
    (void)state;
    mtx_init(&team.lock, mtx_plain);
    cnd_init(&team.open);
    for (int i = 0; i < workers; i++) {
        members[i] = (struct member){.team = &team, .worker = i};
        thrd_create(&members[i].thread, work, &members[i]);
    }
    for (int i = 0; i < workers; i++)
        thrd_join(members[i].thread, NULL);
    cnd_destroy(&team.open);
    mtx_destroy(&team.lock);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

/* verdict: correct. SPDX-License-Identifier: GPL-3.0-or-later */
/* Every worker has a range of its own, and steals the last task of another's when it has done. */
#include <pthread.h>

#include "strategies/strategy.h"

struct range {
    pthread_mutex_t lock;
    int begin, end;
};
struct team {
    struct job *job;
    int workers;
    struct range ranges[64];
};
struct member {
    struct team *team;
    int worker;
    pthread_t thread;
};

static int take(struct range *range, int own)
{
    int task = -1;
    pthread_mutex_lock(&range->lock);
    if (range->begin < range->end)
        task = own ? range->begin++ : --range->end;
    pthread_mutex_unlock(&range->lock);
    return task;
}

static int find(struct team *team, int worker)
{
    int task = -1;
    for (int i = 0; i < team->workers && task < 0; i++)
        task = take(&team->ranges[(worker + i) % team->workers], i == 0);
    return task;
}

static void *work(void *argument)
{
    struct member *member = argument;
    for (int task; (task = find(member->team, member->worker)) >= 0;)
        job_run(member->team->job, task, member->worker);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    struct team team = {.job = job, .workers = workers};
    struct member members[64];
    (void)state;
    for (int i = 0; i < workers; i++) {
        pthread_mutex_init(&team.ranges[i].lock, NULL);
        team.ranges[i].begin = job->tasks * i / workers;
        team.ranges[i].end = job->tasks * (i + 1) / workers;
    }
    for (int i = 0; i < workers; i++) {
        members[i] = (struct member){.team = &team, .worker = i};
        pthread_create(&members[i].thread, NULL, work, &members[i]);
    }
    for (int i = 0; i < workers; i++)
        pthread_join(members[i].thread, NULL);
    for (int i = 0; i < workers; i++)
        pthread_mutex_destroy(&team.ranges[i].lock);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

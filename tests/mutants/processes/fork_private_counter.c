/* verdict: private-copy at 14. SPDX-License-Identifier: GPL-3.0-or-later */
/* A counter that all children are to share is a variable of the parent's. */
#include <stdatomic.h>
#include <sys/wait.h>
#include <unistd.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    atomic_int next = 0;
    (void)state;
    for (int worker = 0; worker < workers; worker++)
        if (fork() == 0) {
            int task;
            while ((task = atomic_fetch_add(&next, 1)) < job->tasks)
                job_run(job, task, worker);
            _exit(0);
        }
    for (int worker = 0; worker < workers; worker++)
        wait(NULL);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

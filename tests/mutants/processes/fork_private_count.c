/* verdict: wrong-return at 20. SPDX-License-Identifier: GPL-3.0-or-later */
/* The children count what they have done, the parent looks at its own count. */
#include <sys/wait.h>
#include <unistd.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    int done = 0;
    (void)state;
    for (int worker = 0; worker < workers; worker++)
        if (fork() == 0) {
            for (int task = worker; task < job->tasks; task += workers)
                done += job_run(job, task, worker) == 0;
            _exit(0);
        }
    for (int worker = 0; worker < workers; worker++)
        wait(NULL);
    return done == job->tasks ? 0 : -1;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

/* verdict: child-without-exit at 12. SPDX-License-Identifier: GPL-3.0-or-later */
/* The child breaks out of the loop, and goes on. */
#include <sys/wait.h>
#include <unistd.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    for (int worker = 0; worker < workers; worker++)
        if (fork() == 0) {
            for (int task = worker; task < job->tasks; task += workers)
                job_run(job, task, worker);
            return 0;
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

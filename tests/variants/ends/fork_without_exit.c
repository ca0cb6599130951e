/* verdict: child-without-exit at 12. SPDX-License-Identifier: GPL-3.0-or-later */
/* The child does its share, and goes on. */
#include <sys/wait.h>
#include <unistd.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    for (int w = 0; w < workers; w++)
        if (fork() == 0) {
            for (int task = w; task < job->tasks; task += workers)
                job_run(job, task, w);
            return 0;
        }
    for (int w = 0; w < workers; w++)
        wait(NULL);
    return 0;
}

const struct strategy strategy_mine = {.name = "mine", .summary = "fork without exit", .run = run};

/* verdict: too-many-threads at 12. SPDX-License-Identifier: GPL-3.0-or-later */
/* A process for every task. */
#include <sys/wait.h>
#include <unistd.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    for (int task = 0; task < job->tasks; task++) {
        pid_t child = fork();
        if (child < 0)
            return job_fail(job, "fork", 0);
        if (child == 0) {
            job_run(job, task, task % workers);
            _exit(0);
        }
    }
    for (int task = 0; task < job->tasks; task++)
        wait(NULL);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

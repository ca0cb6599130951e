/* verdict: forgotten-join at 11. SPDX-License-Identifier: GPL-3.0-or-later */
/* Forks the children, and does not wait for them. */
#include <unistd.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    for (int worker = 0; worker < workers; worker++) {
        pid_t child = fork();
        if (child < 0)
            return job_fail(job, "fork", 0);
        if (child == 0) {
            for (int task = worker; task < job->tasks; task += workers)
                job_run(job, task, worker);
            _exit(0);
        }
    }
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

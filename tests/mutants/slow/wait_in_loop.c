/* verdict: correct, not-parallel at 17. SPDX-License-Identifier: GPL-3.0-or-later */
/* Waits for each child before the next is forked. */
#include <sys/wait.h>
#include <unistd.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    for (int worker = 0; worker < workers; worker++) {
        if (fork() == 0) {
            for (int task = worker; task < job->tasks; task += workers)
                job_run(job, task, worker);
            _exit(0);
        }
        wait(NULL);
    }
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

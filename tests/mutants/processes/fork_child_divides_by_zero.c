/* verdict: crashed-child at 16. SPDX-License-Identifier: GPL-3.0-or-later */
/* The last worker divides by what is left, which may be nothing. */
#include <sys/wait.h>
#include <unistd.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    volatile int left = job->tasks;
    (void)state;
    for (int worker = 0; worker < workers; worker++)
        if (fork() == 0) {
            for (int task = worker; task < job->tasks; task += workers) {
                left -= workers;
                if (job->tasks / (left > 0 ? left : 0) >= 0)
                    job_run(job, task, worker);
            }
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

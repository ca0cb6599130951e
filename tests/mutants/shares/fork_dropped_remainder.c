/* verdict: dropped-remainder at 10. SPDX-License-Identifier: GPL-3.0-or-later */
/* The same with processes. */
#include <sys/wait.h>
#include <unistd.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    int each = job->tasks / workers;
    (void)state;
    for (int worker = 0; worker < workers; worker++) {
        pid_t child = fork();
        if (child < 0)
            return job_fail(job, "fork", 0);
        if (child == 0) {
            for (int i = 0; i < each; i++)
                job_run(job, worker * each + i, worker);
            _exit(0);
        }
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

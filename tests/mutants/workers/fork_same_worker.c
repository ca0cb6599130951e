/* verdict: same-worker at 15. SPDX-License-Identifier: GPL-3.0-or-later */
/* Children that do not know who they are. */
#include <sys/wait.h>
#include <unistd.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    const int worker = 0;
    (void)state;
    for (int child = 0; child < workers; child++)
        if (fork() == 0) {
            for (int task = child; task < job->tasks; task += workers)
                job_run(job, task, worker);
            _exit(0);
        }
    for (int child = 0; child < workers; child++)
        wait(NULL);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

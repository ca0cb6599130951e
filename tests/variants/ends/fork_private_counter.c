/* verdict: private-copy at 15. SPDX-License-Identifier: GPL-3.0-or-later */
/* Children that take the next task from a counter of their own. */
#include <sys/wait.h>
#include <unistd.h>

#include "strategies/strategy.h"

static int next;

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    next = 0;
    for (int w = 0; w < workers; w++)
        if (fork() == 0) {
            while (next < job->tasks)
                job_run(job, next++, w);
            _exit(0);
        }
    for (int w = 0; w < workers; w++)
        wait(NULL);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine", .summary = "fork private counter", .run = run};

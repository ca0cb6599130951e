/* verdict: child-without-exit at 13. SPDX-License-Identifier: GPL-3.0-or-later */
/* The child forks too, in the next turn of the loop. */
#include <sys/wait.h>
#include <unistd.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    int count = workers < 4 ? workers : 4;
    for (int worker = 0; worker < count; worker++) {
        pid_t child = fork();
        if (child == 0)
            for (int task = worker; task < job->tasks; task += count)
                job_run(job, task, worker);
    }
    while (wait(NULL) > 0)
        continue;
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

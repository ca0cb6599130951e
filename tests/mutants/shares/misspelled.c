/* verdict: compile-error at 8. SPDX-License-Identifier: GPL-3.0-or-later */
/* Does not compile. */
#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    (void)workers, (void)state;
    for (int task = 0; task < job->task; task++)
        job_run(job, task, 0);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

/* verdict: correct, not-parallel at 9. SPDX-License-Identifier: GPL-3.0-or-later */
/* One after the other. */
#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    (void)workers, (void)state;
    for (int task = 0; task < job->tasks; task++)
        job_run(job, task, 0);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

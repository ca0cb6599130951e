/* verdict: compile-error at 10. SPDX-License-Identifier: GPL-3.0-or-later */
/* The loop counts tasks, and runs i. */
#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    (void)workers;
    for (int task = 0; task < job->tasks; task++)
        job_run(job, i, 0);
    return 0;
}

const struct strategy strategy_mine = {.name = "mine", .summary = "compile error", .run = run};

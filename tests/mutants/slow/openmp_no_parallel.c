/* verdict: correct, not-parallel at 10. SPDX-License-Identifier: GPL-3.0-or-later */
/* `omp for` without `parallel`: one thread. */
#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    (void)workers, (void)state;
#pragma omp for
    for (int task = 0; task < job->tasks; task++)
        job_run(job, task, 0);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

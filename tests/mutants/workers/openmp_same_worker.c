/* verdict: same-worker at 10. SPDX-License-Identifier: GPL-3.0-or-later */
/* The worker is made of the task and not of the thread. */
#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    (void)state;
#pragma omp parallel for num_threads(workers) schedule(dynamic)
    for (int task = 0; task < job->tasks; task++)
        job_run(job, task, task % workers);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

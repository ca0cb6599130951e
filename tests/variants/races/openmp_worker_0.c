/* verdict: same-worker at 10. SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of OpenMP above the loop as it is delivered. */
#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    (void)state;
#pragma omp parallel for num_threads(workers)
    for (int task = 0; task < job->tasks; task++)
        job_run(job, task, 0);
    return 0;
}

const struct strategy strategy_mine = {.name = "mine", .summary = "openmp worker 0", .run = run};

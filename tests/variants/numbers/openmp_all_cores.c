/* verdict: wrong-worker or fixed-workers or too-many-threads at 13. SPDX-License-Identifier: GPL-3.0-or-later */
/* OpenMP takes as many threads as there are cores. */
#include <omp.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    (void)workers;
#pragma omp parallel for
    for (int task = 0; task < job->tasks; task++)
        job_run(job, task, omp_get_thread_num());
    return 0;
}

const struct strategy strategy_mine = {.name = "mine", .summary = "openmp all cores", .run = run};

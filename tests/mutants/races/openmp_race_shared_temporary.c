/* verdict: data-race at 13 or 14. SPDX-License-Identifier: GPL-3.0-or-later */
/* A variable that each thread should have for itself is shared by all. */
#include <omp.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    int worker = 0;
    (void)state;
#pragma omp parallel for num_threads(workers)
    for (int task = 0; task < job->tasks; task++) {
        worker = omp_get_thread_num();
        job_run(job, task, worker);
    }
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

/* verdict: data-race at 14. SPDX-License-Identifier: GPL-3.0-or-later */
/* Adds up what failed, without a reduction. */
#include <omp.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    int good = 0;
    (void)state;
#pragma omp parallel for num_threads(workers) schedule(dynamic)
    for (int task = 0; task < job->tasks; task++)
        if (job_run(job, task, omp_get_thread_num()) == 0)
            good++;
    return good > job->tasks ? -1 : 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

/* verdict: correct, uneven-split at 12. SPDX-License-Identifier: GPL-3.0-or-later */
/* schedule(static): contiguous shares. */
#include <omp.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    (void)state;
#pragma omp parallel for num_threads(workers) schedule(static)
    for (int task = 0; task < job->tasks; task++)
        job_run(job, task, omp_get_thread_num());
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

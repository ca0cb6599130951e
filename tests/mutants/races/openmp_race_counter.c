/* verdict: data-race at 14. SPDX-License-Identifier: GPL-3.0-or-later */
/* A counter of their own in the place of the loop's. */
#include <omp.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    int next = 0;
    (void)state;
#pragma omp parallel num_threads(workers)
    {
        for (;;) {
            int task = next++;
            if (task >= job->tasks)
                break;
            job_run(job, task, omp_get_thread_num());
        }
    }
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

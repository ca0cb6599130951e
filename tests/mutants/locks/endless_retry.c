/* verdict: endless-loop at 13 or 15 or 16. SPDX-License-Identifier: GPL-3.0-or-later */
/* Tries a task again until it succeeds; some never do. */
#include <omp.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    (void)state;
#pragma omp parallel for num_threads(workers)
    for (int task = 0; task < job->tasks; task++) {
        int failed = job_run(job, task, omp_get_thread_num());
        while (failed) {
            volatile int pause = 1000;
            while (pause > 0)
                pause--;
        }
    }
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

/* verdict: correct. SPDX-License-Identifier: GPL-3.0-or-later */
/* OpenMP tasks, and a reduction by an atomic. */
#include <omp.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    int done = 0;
    (void)state;
#pragma omp parallel num_threads(workers)
#pragma omp single
    for (int task = 0; task < job->tasks; task++) {
#pragma omp task firstprivate(task) shared(done)
        {
            job_run(job, task, omp_get_thread_num());
#pragma omp atomic
            done++;
        }
    }
    return done == job->tasks ? 0 : -1;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

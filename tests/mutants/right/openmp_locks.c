/* verdict: correct. SPDX-License-Identifier: GPL-3.0-or-later */
/* The library's own locks, and `omp for` with a chunk. */
#include <omp.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    omp_lock_t lock;
    int done = 0, total = 0;
    (void)state;
    omp_init_lock(&lock);
#pragma omp parallel num_threads(workers)
    {
#pragma omp for schedule(guided) nowait
        for (int task = 0; task < job->tasks; task++) {
            job_run(job, task, omp_get_thread_num());
            omp_set_lock(&lock);
            done++;
            omp_unset_lock(&lock);
        }
#pragma omp barrier
#pragma omp master
        total = done;
    }
    omp_destroy_lock(&lock);
    return total == job->tasks ? 0 : -1;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

/* verdict: wrong-worker at 11. SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts workers from 1. */
#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    (void)state;
#pragma omp parallel for num_threads(workers) schedule(static, 1)
    for (int worker = 1; worker <= workers; worker++)
        for (int task = worker - 1; task < job->tasks; task += workers)
            job_run(job, task, worker);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

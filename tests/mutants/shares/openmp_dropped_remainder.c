/* verdict: dropped-remainder at 7. SPDX-License-Identifier: GPL-3.0-or-later */
/* A loop over workers, and tasks / workers for each. */
#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    const int each = job->tasks / workers;
    (void)state;
#pragma omp parallel for num_threads(workers) schedule(static, 1)
    for (int worker = 0; worker < workers; worker++)
        for (int task = worker * each; task < (worker + 1) * each; task++)
            job_run(job, task, worker);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

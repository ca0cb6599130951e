/* verdict: task-twice at 13. SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs the last task once more, to be sure. */
#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    (void)state;
#pragma omp parallel for num_threads(workers) schedule(static, 1)
    for (int worker = 0; worker < workers; worker++)
        for (int task = worker; task < job->tasks; task += workers)
            job_run(job, task, worker);
    if (job->tasks > 0)
        job_run(job, job->tasks - 1, 0);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

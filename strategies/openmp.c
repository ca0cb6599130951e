/* SPDX-License-Identifier: GPL-3.0-or-later */
/* openmp: the loop of serial.c with one line above it; the compiler and its runtime do the rest.
 *
 * Costs:    the runtime creates its threads at the first parallel region and keeps them (a pool
 *           that you do not see), so the first region is the expensive one. Here every run has a
 *           process of its own, so every run pays for it.
 * Shares:   all memory, as pthreads does: it is threads underneath.
 * Choose it when the work is a loop with independent iterations; nothing is shorter.
 *
 * The schedule is dynamic: whoever is free takes the next chunk of tasks, as in pool (`--chunk`; 1
 * unless you say otherwise). The default, static, deals out fixed shares as pthreads.c does. That
 * saves an atomic operation per task, which is nothing beside a task of milliseconds, and it loses
 * as soon as tasks or cores are uneven.
 *
 * A question to think about: what would `#pragma omp parallel for` do to a loop whose iterations
 * add to one sum?
 */
#include <omp.h>
#include <stddef.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    (void)state;
#pragma omp parallel for num_threads(workers) schedule(dynamic, job->chunk)
    for (int task = 0; task < job->tasks; task++)
        job_run(job, task, omp_get_thread_num());
    return 0;
}

const struct strategy strategy_openmp = {
    .name = "openmp",
    .summary = "a parallel loop, schedule(dynamic, --chunk)",
    .has_chunks = true,
    .run = run,
};

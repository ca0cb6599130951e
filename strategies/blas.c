/* SPDX-License-Identifier: GPL-3.0-or-later */
/* blas: the tasks one after the other, as in serial.c; the workers are the threads of the BLAS
 * library that computes them.
 *
 * Costs:   nothing of ours. Inside each task the library cuts the matrices, hands the pieces to its
 *          threads, and waits for the last of them: so tasks have to be large, and only what goes
 *          through the library is shared out. All else is serial, and Amdahl's law counts it.
 * Shares:  all memory, as the library's threads are threads of this process.
 * Choose it when the time goes into matrix operations anyway: there is nothing to write, and it may
 *          be on already, for libraries use all cores unless they are told not to.
 *
 * And when it is you who spreads the tasks (pool, fork, openmp, ...), turn it off, with
 * OPENBLAS_NUM_THREADS=1, MKL_NUM_THREADS=1 and their like: the cores are taken. Two layers of
 * parallelism make workers x threads of them, which push each other off the cores; `make blas`
 * measures what that costs.
 */
#include <stddef.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    (void)workers; /* the library was told how many, before the run began */
    (void)state;
    for (int task = 0; task < job->tasks; task++)
        job_run(job, task, 0);
    return 0;
}

const struct strategy strategy_blas = {
    .name = "blas",
    .summary = "one task after the other; the BLAS library's own threads share each",
    .library_workers = true,
    .run = run,
};

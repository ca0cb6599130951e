/* SPDX-License-Identifier: GPL-3.0-or-later */
/* serial: one task after the other, in the process itself. No parallelism at all.
 *
 * Costs:    nothing; so it is what every other strategy is measured against.
 * Shares:   everything; there is only one worker.
 * Choose it when the work takes seconds, or when you have not measured yet.
 */
#include <stddef.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    (void)workers, (void)state;
    for (int task = 0; task < job->tasks; task++)
        job_run(job, task, 0);
    return 0;
}

const struct strategy strategy_serial = {
    .name = "serial",
    .summary = "one task after the other; what all others are measured against",
    .one_worker = true,
    .run = run,
};

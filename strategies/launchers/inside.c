/* SPDX-License-Identifier: GPL-3.0-or-later */
/* inside: the tasks one after the other, as in serial.c; the workers are threads that the user's own
 * command makes, and it is told how many.
 *
 * Costs:    nothing of ours. Whatever the command does between its parallel parts is serial.
 * Shares:   what the command shares among its threads; its input is in memory once, not once a worker.
 * Choose it when tasks are few or need much memory, and the command can divide a task well. With many
 *           tasks, running several at a time (`programs`) mostly wins: there is nothing to divide.
 */
#include <stddef.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    (void)workers; /* the command has been told, by {workers} and by its environment */
    (void)state;
    for (int task = 0; task < job->tasks; task++)
        job_run(job, task, 0);
    return 0;
}

const struct strategy strategy_inside = {
    .name = "inside",
    .summary = "one task after the other; a command's own threads ({workers}) share each",
    .library_workers = true,
    .run = run,
};

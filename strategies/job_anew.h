/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a process that shares nothing with this one comes to work on the same job: for strategies that
 * start their workers as fresh processes. A forked child has the job already. */
#ifndef STRATEGIES_JOB_ANEW_H
#define STRATEGIES_JOB_ANEW_H

#include "strategies/job.h"

/* This program, started anew so that it becomes a worker; as in struct spawn (spawn.h). */
struct job_anew {
    const char *program;
    char *const *arguments;
    const int *kept; /* the memory of the images is behind one of these descriptors */
};

/* What such a process then does with its job: reads its worker number and the numbers of its tasks
 * from `messages`, and runs these until there are no more. 0, or -1 when even the first did not
 * come. */
int spawn_serve(struct job *job, int messages);

#endif

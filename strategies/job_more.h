/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What only two kinds of strategies need of a job: those that send results from process to process,
 * and those whose workers are fresh processes. All others need not know: results lie in memory that
 * all workers share, and a thread or a forked child has the job already. */
#ifndef STRATEGIES_JOB_MORE_H
#define STRATEGIES_JOB_MORE_H

#include <stddef.h>

#include "strategies/job.h"

/* Where a task leaves its result. 0 bytes where it writes a file, and there is nothing to send. */
struct job_result {
    void *address;
    size_t bytes;
};

struct job_results {
    struct job_result *of; /* each task */
    void *memory;          /* whole pages that all results lie in, and nothing else does */
    size_t bytes;
};

/* This program, started anew so that it becomes a worker; as in struct spawn (spawn.h). */
struct job_anew {
    const char *program;
    char *const *arguments;
    const int *kept; /* the memory of the images is behind one of these descriptors */
};

/* What such a process then does with its job: reads its worker number and the numbers of its tasks
 * from `messages`, and runs these until there are no more. 0, or -1 when one of them could not be
 * read. */
int spawn_serve(struct job *job, int messages);

#endif

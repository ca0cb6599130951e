/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the tasks of a job leave their results: for strategies that send them from process to
 * process. All others need not know, for results lie in memory that all workers share. */
#ifndef STRATEGIES_JOB_RESULTS_H
#define STRATEGIES_JOB_RESULTS_H

#include <stddef.h>

#include "strategies/job.h"

/* Of one task; 0 bytes where it writes a file, and there is nothing to send. */
struct job_result {
    void *address;
    size_t bytes;
};

struct job_results {
    struct job_result *of; /* each task */
    void *memory;          /* whole pages that all results lie in, and nothing else does */
    size_t bytes;
};

#endif

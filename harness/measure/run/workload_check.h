/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a run left what it was to leave. */
#ifndef HARNESS_MEASURE_RUN_WORKLOAD_CHECK_H
#define HARNESS_MEASURE_RUN_WORKLOAD_CHECK_H

#include "harness/measure/run/workload.h"

/* A copy of all outputs, to compare later ones with, in memory of its own that no child inherits
 * (so that it does not count as a run's memory). 0, or -1 with *error set. */
int workload_keep_reference(const struct workload *workload, struct shared *reference,
                            struct error *error);

/* Whether every task was run exactly once. 0, or -1 with *error naming the first that was not. */
int workload_check_tasks(const struct workload *workload, struct error *error);

/* Compares the outputs with what they should be: every byte of every output as in the reference, or every
 * pixel within the filter's tolerance. 0, or -1 with *error saying where they first differ. */
int workload_check_outputs(const struct workload *workload, const struct filter *filter,
                           const struct shared *reference, struct error *error);

/* The same for the output of one frame, of the same shape as what is expected. */
int workload_check_output(const struct image *output, const struct image *expected,
                          double tolerance, int frame, struct error *error);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a run left what it was to leave. */
#ifndef HARNESS_MEASURE_RUN_WORKLOAD_CHECK_H
#define HARNESS_MEASURE_RUN_WORKLOAD_CHECK_H

#include "harness/measure/run/workload.h"

/* A copy of all outputs, to compare later ones with, in memory of its own that no child inherits
 * (so that it does not count as a run's memory). 0, or -1 with *error set. */
int workload_keep_reference(const struct workload *workload, struct shared *reference,
                            struct error *error);

/* Compares tasks and outputs with what they should be: every task run exactly once, every byte of
 * every output as in the reference, or every pixel within the filter's tolerance. 0, or -1 with
 * *error saying where they first differ. */
int workload_check(const struct workload *workload, const struct filter *filter,
                   const struct shared *reference, struct error *error);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which benchmark a file belongs to. All files of a result directory say it: the CSV files in their
 * last column, machine.txt in a line, speedup.json in its machine. So the rows of one benchmark are
 * never read together with the summary of another. */
#ifndef HARNESS_RESULTS_IDENTITY_H
#define HARNESS_RESULTS_IDENTITY_H

#include "harness/base/error.h"
#include "harness/machine/machine.h"

/* Ten hexadecimal digits, different for each benchmark. */
void identity_make(char benchmark[BENCHMARK_LENGTH]);

/* Whether all files of the directory belong to the benchmark of its summary.csv. Files that are
 * missing, empty or unreadable are passed over. One without the column or line is of an earlier
 * version, and so of another benchmark than one that has it. 0, or -1 with *error naming two files
 * that do not go together. */
int identity_check(const char *directory, struct error *error);

#endif

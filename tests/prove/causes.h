/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The causes of loss that are put in: each a strategy with fixed shares that does everything as
 * `plain` does it, but for one thing, in a dose of 1 to 5. */
#ifndef TESTS_PROVE_CAUSES_H
#define TESTS_PROVE_CAUSES_H

#include "harness/base/error.h"
#include "strategies/strategy.h"

enum { DOSES = 5 };

/* The strategies: what they do is in causes.c. The dose is the job's chunk. */
extern const struct strategy cause_serial, cause_plain, cause_dynamic, cause_lock, cause_start,
    cause_handout, cause_hog, cause_bandwidth, cause_quota, cause_false_sharing;

/* Seconds that the dose holds up: before a worker's first task, or before each other one. */
double cause_start_s(int dose);
double cause_handout_s(int dose);

/* CPUs that the dose of a quota leaves. */
double cause_quota_cpus(int dose);

/* Makes a group of processes whose CPU time can be limited, for cause_quota. 0, or -1 with the reason
 * in *error: not root, or no controller here. */
int quota_create(struct error *error);
void quota_remove(void);

#endif

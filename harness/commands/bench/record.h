/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of an experiment's findings: files in the result directory. */
#ifndef HARNESS_COMMANDS_BENCH_RECORD_H
#define HARNESS_COMMANDS_BENCH_RECORD_H

#include "harness/commands/lesson/early.h"
#include "harness/machine/disturbance/looks.h"
#include "harness/measure/observer.h"
#include "harness/results/results.h"

struct recorder {
    struct results *results;
    struct looks *looks; /* at the machine, one after each round */
    struct early *early; /* what can be seen meanwhile */
};

/* An observer that writes what it is told into the results (runs.csv, resources.csv) and beside them
 * (original.fits, filtered.fits). The recorder must outlive it. */
struct observer record_into(struct recorder *recorder);

#endif

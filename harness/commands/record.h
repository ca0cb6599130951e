/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of an experiment's findings: files in the result directory. */
#ifndef HARNESS_COMMANDS_RECORD_H
#define HARNESS_COMMANDS_RECORD_H

#include "harness/measure/observer.h"
#include "harness/results/results.h"

/* An observer that writes what it is told into `results` (runs.csv, resources.csv) and beside them
 * (original.fits, filtered.fits). The results must outlive it. */
struct observer record_into(struct results *results);

#endif

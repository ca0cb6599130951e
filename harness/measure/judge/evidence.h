/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the runs of an experiment to what verdict.h and losses.h judge. */
#ifndef HARNESS_MEASURE_JUDGE_EVIDENCE_H
#define HARNESS_MEASURE_JUDGE_EVIDENCE_H

#include "harness/machine/disturbance/disturbance.h"
#include "harness/measure/samples.h"
#include "harness/measure/summary.h"

/* What is known of each of the first `rounds` good runs: a new array, to be freed. NULL when there is
 * no memory. */
struct verdict_run *evidence_of_runs(const struct samples *samples, int rounds);

/* Splits the gap of this configuration, from those rounds of which both its times and the serial
 * run's were kept. Where there is none, or where the tasks do not tell (library threads are the
 * workers, or work below them), all figures are NaN. 0, or -1 when there is no memory. */
int evidence_of_losses(const struct samples *samples, const struct samples *serial, int rounds,
                       struct losses *mean, struct losses *error);

/* How many of the first `rounds` rounds were good (verdict.h) for the fastest configuration beside the
 * serial one, the first of `count`, and whether the last of them was; where there is no other, all. One that
 * has fewer runs is left out. `usable` as below; 0: not known, and all are good. 0, or -1 when there is no
 * memory. */
int evidence_good_rounds(const struct samples *samples, int count, int rounds, double usable,
                         int *good, bool *last);

/* Judges a whole result, and writes the verdict into set->machine in words. `usable`: hardware threads
 * that we may use, or a smaller quota; budget_s: as it was given. 0, or -1 with *error set. */
int evidence_conclude(struct result_set *set, const struct disturbance *disturbance, double usable,
                      double budget_s, struct verdict *verdict, struct error *error);

#endif

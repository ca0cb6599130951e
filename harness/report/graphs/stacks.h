/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the graph `losses` shows: what is missing to linear, in parts (harness/measure/judge/losses.h). */
#ifndef HARNESS_REPORT_GRAPHS_STACKS_H
#define HARNESS_REPORT_GRAPHS_STACKS_H

#include <stdio.h>

#include "harness/base/error.h"
#include "harness/measure/summary.h"

/* Adds to settings.gp, for plots/losses.gp, the configurations on several workers of which it is
 * known, the worst first:
 *
 *     losses_rows, losses_pixels    how many; height of the picture
 *     losses_name_1, ...            "pool on 4"
 *     losses_low, losses_high       ends of the axis, in units of speedup
 *     losses_part_1, ... _8         what the parts are called
 *     $losses                       a line a piece of a bar: row, from, to, part (from 1)
 *
 * Parts below 0 (tasks that were faster than alone) go to the left. *made becomes 0 where there is
 * nothing to draw. 0, or -1 with *error set. */
int stacks_write(FILE *settings, const struct result_set *set, int *made, struct error *error);

#endif

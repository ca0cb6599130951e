/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the graph `resources` shows: CPU use and memory over time, of each strategy one run. */
#ifndef HARNESS_REPORT_GRAPHS_USAGE_H
#define HARNESS_REPORT_GRAPHS_USAGE_H

#include <stddef.h>
#include <stdio.h>

#include "harness/base/error.h"
#include "harness/results/columns.h"

/* Adds to settings.gp which of these readings are to be drawn: of each strategy those of the run
 * with the most workers. A run's are neighbours, in rising order. For plots/resources.gp:
 *
 *     resources_lines           how many
 *     resources_name_1, ...     "pool on 4"
 *     resources_colours, _shapes, _dashes   words, one a line
 *     resources_edge            where the axis of time ends
 *     $resources                a block a line: seconds, CPU use in %, memory in MiB
 *
 * *made becomes 0 where there is nothing to draw: no run has two readings. */
void usage_write(FILE *settings, const struct resources_row *rows, size_t count, int *made);

#endif

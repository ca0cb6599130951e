/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the graph of the timeline shows: of each strategy one run, task by task. */
#ifndef HARNESS_REPORT_GRAPHS_TIMELINE_H
#define HARNESS_REPORT_GRAPHS_TIMELINE_H

#include <stdio.h>

#include "harness/base/error.h"

/* Adds to settings.gp which runs of DIRECTORY/trace.csv are to be drawn: of each strategy that with
 * the most workers, as words separated by blanks in these gnuplot variables:
 *
 *     timeline_names    strategies, as in `strategies`
 *     timeline_workers  their numbers of workers
 *     timeline_ends     when their last tasks ended, seconds
 *
 * *made becomes 0 where there is nothing to draw: no trace.csv, or none with a task. 0, or -1 with
 * *error set. */
int timeline_write(const char *directory, FILE *settings, int *made, struct error *error);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the graph of the timeline shows: of each strategy one run, task by task. */
#ifndef HARNESS_REPORT_GRAPHS_TIMELINE_H
#define HARNESS_REPORT_GRAPHS_TIMELINE_H

#include <stddef.h>
#include <stdio.h>

#include "harness/base/error.h"
#include "harness/results/columns.h"

/* Adds to settings.gp which of these tasks are to be drawn: of each strategy the run with the most
 * workers. Runs are neighbours, and so are their tasks, in rising order. For plots/timeline.gp:
 *
 *     timeline_lanes             runs, one below the other
 *     timeline_name_1, ...       "pool", "global-lock held"
 *     timeline_note_1, ...       " 0.12 s", how long it took; " on to 3 s" beyond the edge
 *     timeline_workers           words, one a lane
 *     timeline_middle, _end      words: height of its middle, and where its grey ends
 *     timeline_edge, _height     ends of the axes, in seconds and in rows
 *     timeline_pixels, _left     height of the picture, and width for the names
 *     $timeline_idle             from, to, upper and lower end of each lane
 *     $timeline                  from, to, upper and lower end, and colour of each task; neighbours
 *                                that are narrower than a pixel together
 *
 * *made becomes 0 where there is no task to draw. 0, or -1 with *error set: no memory. */
int timeline_write(FILE *settings, const struct trace_row *trace, size_t count, int *made,
                   struct error *error);

#endif

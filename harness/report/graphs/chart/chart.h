/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chart of lines against the number of workers, laid out for gnuplot.
 *
 * Points and lines stand where they were measured. Only whiskers (intervals) are moved, by some
 * pixels, so that those of several lines can be told apart. A limit that counting sets is a tick at
 * each number of workers that was measured; no line between two points passes it, since a line that
 * would (because a point is missing) is interrupted. Each line has its name at its end. Above 8
 * workers the axis of the workers is logarithmic. */
#ifndef HARNESS_REPORT_GRAPHS_CHART_CHART_H
#define HARNESS_REPORT_GRAPHS_CHART_CHART_H

#include <stdbool.h>
#include <stdio.h>

#include "harness/base/error.h"
#include "harness/report/graphs/chart/style.h"

struct chart_point {
    double workers, value;
    double low, high; /* the interval; NaN where there is none */
    double limit;     /* of `value`; NaN where there is none */
};

struct chart_line {
    const char *name;
    struct style style;
    struct chart_point *points; /* in rising order of workers, at least one */
    int count;
};

struct chart {
    const char *name; /* of the variables, see below */
    struct chart_line *lines;
    int line_count; /* at least 1 */

    bool limit_is_least; /* of times; else it is the most that can be */
    bool log_when_many;  /* the values' axis is logarithmic where the workers' axis is */
    double low, high;    /* the values' axis holds at least these, if high > low */
    double bottom, top;  /* pixels of the picture between which the chart lies */
    double column;       /* pixels at the right for names; 0: as many as they need */
};

enum { CHART_LINES_AT_MOST = 256, CHART_WORKERS_AT_MOST = 256 };

/* Adds to settings.gp, for a chart "speedup", what plots/workers.gp draws:
 *
 *     speedup_lines              how many
 *     speedup_name_1, ...        their names
 *     speedup_colours, _shapes, _dashes     words, one a line
 *     $speedup                   a block a line: workers, value; an empty line where the line is
 *                                interrupted
 *     $speedup_whiskers          where it stands, low, high, and colour of each
 *     $speedup_limits            from, to, value of each tick
 *     speedup_x_low, _x_high, _y_low, _y_high, speedup_log_x, _log_y         the axes
 *     speedup_workers, _tics     words: where there are tics, and "1" where these have labels
 *     speedup_left, _right, _bottom, _top   the data's place, in shares of the picture
 *     speedup_label_x, _label_y, _label_side   words, one a line: where the names stand, in the
 *                                same shares, and -1 where that is left of the line, else 1
 *     speedup_end_x, _end_y      words, one a line: its last point
 *     speedup_font               size of the names
 *
 * 0, or -1 with *error set: no memory, or nothing to draw. */
int chart_write(FILE *settings, const struct chart *chart, struct error *error);

#endif

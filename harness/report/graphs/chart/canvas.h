/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The geometry of a chart: its axes, where its whiskers, ticks and names stand, and where a line is
 * to be interrupted. All of it is arithmetic on pixels, so that a test can look at it. */
#ifndef HARNESS_REPORT_GRAPHS_CHART_CANVAS_H
#define HARNESS_REPORT_GRAPHS_CHART_CANVAS_H

#include <stdbool.h>

#include "harness/report/graphs/chart/chart.h"
#include "harness/report/graphs/chart/layout.h"

/* A name at the end of its line. */
struct name_label {
    double y;  /* pixels */
    bool left; /* of a line that ends where the others begin */
};

struct canvas {
    const struct chart *chart;
    struct axis x, y;
    double workers[CHART_WORKERS_AT_MOST]; /* that were measured, in rising order */
    int worker_count;
    double gap; /* pixels between the nearest two of them */
    double left_names,
        right_names; /* where names at the left and the right ends begin, in pixels */
    double name_gap; /* pixels between two names */
    struct name_label labels[CHART_LINES_AT_MOST];
};

/* Lays out the chart. False where there is nothing to draw. */
bool canvas_lay_out(struct canvas *canvas, const struct chart *chart);

/* Whether the point has an interval of any length. */
bool canvas_has_whisker(const struct chart_point *point);

/* Where the whisker of a point of line number `line` stands: its workers, moved by some pixels
 * where other lines have whiskers, too. */
double canvas_whisker(const struct canvas *canvas, int line, const struct chart_point *point);

/* Whether a straight line from one point to the next would pass a limit between them. */
bool canvas_passes_limit(const struct canvas *canvas, const struct chart_point *from,
                         const struct chart_point *to);

/* The ends of the tick for a limit, in pixels: from `begin` to `end`, with the number of workers
 * between them. It is shorter on a side where a line would run past it. */
void canvas_tick(const struct canvas *canvas, double workers, double limit, double *begin,
                 double *end);

#endif

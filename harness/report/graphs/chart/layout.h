/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where things come to lie in a picture: axes in pixels, and labels that do not overlap. */
#ifndef HARNESS_REPORT_GRAPHS_CHART_LAYOUT_H
#define HARNESS_REPORT_GRAPHS_CHART_LAYOUT_H

#include <stdbool.h>

/* The size of our pictures. */
enum { PICTURE_WIDTH = 1200, PICTURE_HEIGHT = 800 };

/* From `low` at pixel `begin` to `high` at pixel `end`, even in the value or in its logarithm. */
struct axis {
    double low, high, begin, end;
    bool log; /* then both are above 0 */
};

/* From values to pixels, and back. */
double axis_pixel(const struct axis *axis, double value);
double axis_value(const struct axis *axis, double pixel);

/* Moves `count` labels apart, each as little as may be, until neighbours are `gap` apart and all lie
 * from `low` to `high`; their order stays. Where there is no room for that, they share what there
 * is evenly. */
void layout_spread(double *at, int count, double gap, double low, double high);

/* About how wide a text is in DejaVu Sans of 16 points, the size of names. */
double layout_text_pixels(const char *text);

/* Which of `count` places in rising order get a label, when labels need `gap`: the last one, and
 * from there on backwards each that has room. */
void layout_thin(const double *at, int count, double gap, bool *labelled);

#endif

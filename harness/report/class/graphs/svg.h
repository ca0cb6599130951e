/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small graphs as SVG, written into a page of HTML. How things look is for the page's style, by their
 * classes, so that a graph is as light or dark as the page around it. Coordinates are pixels of the
 * graph's own size, which the page stretches; texts may be anybody's. Errors are the stream's. */
#ifndef HARNESS_REPORT_CLASS_GRAPHS_SVG_H
#define HARNESS_REPORT_CLASS_GRAPHS_SVG_H

#include <stdbool.h>
#include <stdio.h>

/* From values to pixels; low < high, and both above 0 where it is logarithmic. */
struct svg_axis {
    double low, high;   /* values at its ends */
    double first, last; /* pixels there */
    int base; /* 0: linear; 10, or 2: logarithmic, with ticks at 1, 2 and 5, or powers of 2 */
    const char *label;
    const char *unit; /* behind each tick's number: "%"; or "" */
    double times;     /* that a tick's value is shown as: 100 for percent */
};

/* The pixel of a value. */
double svg_at(const struct svg_axis *axis, double value);

void svg_begin(FILE *stream, const char *style, int width, int height, const char *description);
void svg_end(FILE *stream);

/* Both axes with ticks, grid lines and labels. */
void svg_frame(FILE *stream, const struct svg_axis *x, const struct svg_axis *y);

/* `style` is one class of the page's style sheet (document/style.c), or several. */
enum svg_anchor { SVG_START, SVG_MIDDLE, SVG_END };
void svg_text(FILE *stream, const char *style, double x, double y, enum svg_anchor anchor,
              const char *text);

void svg_line(FILE *stream, const char *style, double x1, double y1, double x2, double y2);

/* The first 14 letters of a name, and an ellipsis where it has more; never half a character.
 * Returns how many letters that are. */
enum { SVG_NAME_BYTES = 64 };
int svg_short_name(const char *name, char text[SVG_NAME_BYTES]);

/* `title` is what a pointer over it shows. */
void svg_dot(FILE *stream, const char *style, double x, double y, double radius, const char *title);

/* A line through points, or an area when it is closed. */
void svg_path_begin(FILE *stream, const char *style);
void svg_path_to(FILE *stream, bool first, double x, double y);
void svg_path_end(FILE *stream, bool closed);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two graphs of a class, as SVG for its page. `me` is the machine to be pointed out, or NULL. */
#ifndef HARNESS_REPORT_CLASS_GRAPHS_CLASS_GRAPHS_H
#define HARNESS_REPORT_CLASS_GRAPHS_CLASS_GRAPHS_H

#include <stdio.h>

#include "harness/report/class/ranking.h"

/* Up to so many machines have a curve each. */
enum { CLASS_CURVES = 8 };

/* Efficiency on all cores against t0: each machine that is in the ranking is a dot, with its name
 * beside it where there is room. Returns how many dots; draws nothing where there is none. */
size_t class_draw_dots(FILE *stream, const struct ranking *ranking, const struct entry *me);

/* Speedup against workers: a curve for each machine of the ranking, where they are few; else the
 * band of all of them with the quartiles and the median, and the curve of `me`. */
void class_draw_curves(FILE *stream, const struct ranking *ranking, const struct entry *me);

#endif

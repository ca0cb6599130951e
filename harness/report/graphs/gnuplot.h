/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running gnuplot on a script of plots/. */
#ifndef HARNESS_REPORT_GRAPHS_GNUPLOT_H
#define HARNESS_REPORT_GRAPHS_GNUPLOT_H

#include <stdio.h>

#include "harness/base/error.h"

/* Writes NAME = 'TEXT' as gnuplot reads it, whatever characters are in the text. */
void gnuplot_put_string(FILE *settings, const char *name, const char *text);

/* Draws DIRECTORY/GRAPH.png and .svg by plots/GRAPH.gp, which finds its variables in the file
 * `settings` of that directory. Each file appears whole or not at all. 0, or -1 with *error set. */
int gnuplot_draw(const char *directory, const char *settings, const char *graph,
                 struct error *error);

#endif

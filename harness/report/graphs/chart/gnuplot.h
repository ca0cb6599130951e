/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running gnuplot on a script of plots/. All text that gnuplot gets goes through
 * gnuplot_put_text(), and all files that it writes through gnuplot_draw(). */
#ifndef HARNESS_REPORT_GRAPHS_CHART_GNUPLOT_H
#define HARNESS_REPORT_GRAPHS_CHART_GNUPLOT_H

#include <stdbool.h>
#include <stdio.h>

#include "harness/base/error.h"

/* Writes `text` as a string of gnuplot's, in its quotes. Whatever the text holds (quotes, line ends,
 * backquotes, @macros, backslashes), it is nothing but text: control characters become blanks, bytes
 * that are not UTF-8 question marks. */
void gnuplot_put_text(FILE *settings, const char *text);

/* Writes NAME = "TEXT" and a line end; `name` is ours. */
void gnuplot_put_string(FILE *settings, const char *name, const char *text);

/* Draws DIRECTORY/GRAPH.png and .svg by plots/GRAPH.gp, which finds its variables in the file
 * `settings` of that directory. Each file appears whole or not at all: it is written under another
 * name, and has its own only when its last bytes are those that end a PNG or an SVG. 0, or -1 with
 * *error set. */
int gnuplot_draw(const char *directory, const char *settings, const char *graph,
                 struct error *error);

/* Whether the file is a PNG or an SVG (`format`: "png", "svg") from its first to its last bytes. */
bool gnuplot_is_whole(const char *path, const char *format);

#endif

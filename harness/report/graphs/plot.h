/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The graphs: gnuplot, run on the scripts in plots/. */
#ifndef HARNESS_REPORT_GRAPHS_PLOT_H
#define HARNESS_REPORT_GRAPHS_PLOT_H

#include <stddef.h>

#include "harness/base/error.h"
#include "harness/machine/topology.h"

/* Draws all graphs that the files in `directory` allow, each as PNG and SVG, whole or not at all.
 * Writes settings.gp there too, so that anyone can draw them again with a script of their own.
 * *drawn becomes how many graphs. 0, or -1 with *error set. */
int plot_directory(const char *directory, int *drawn, struct error *error);

/* Draws walltime alone, and writes settings.gp. 0, or -1 with *error set. */
int plot_walltime(const char *directory, struct error *error);

/* The name that resources.csv has for a watched command, in the place of a strategy. */
#define WATCHED_NAME "command"

/* Draws resources.png and .svg from a resources.csv that holds one command's readings; `command`,
 * as it was typed, is the title. *drawn becomes 1; 0 where there are too few readings for a line,
 * which is no error. 0, or -1 with *error set. */
int plot_watched(const char *directory, const char *command, const struct topology *topology,
                 int *drawn, struct error *error);

#endif

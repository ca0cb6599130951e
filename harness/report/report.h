/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report of a result directory: the result in words, tables and graphs. */
#ifndef HARNESS_REPORT_REPORT_H
#define HARNESS_REPORT_REPORT_H

#include "harness/base/error.h"

/* Writes report.md and report.html into `directory` from what is there: summary.csv, and where they
 * are there runs.csv, losses.csv, forecast.csv, machine.txt and the graphs. `effort_h` is how many
 * hours of programming the parallel program is taken to have cost. 0, or -1 with *error set; where
 * summary.csv is missing but runs.csv is there, the error says that the benchmark was
 * interrupted. */
int report_write(const char *directory, double effort_h, struct error *error);

#endif

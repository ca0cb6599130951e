/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `speedup predict`: what a result says about more workers, or about another machine. */
#ifndef HARNESS_REPORT_FORECAST_PREDICTION_H
#define HARNESS_REPORT_FORECAST_PREDICTION_H

#include <stdio.h>

#include "harness/base/error.h"
#include "harness/measure/forecast/predict.h"

/* Reads summary.csv, runs.csv and trace.csv of DIRECTORY and prints a table: of each strategy the
 * forecast on each of `count` numbers of workers, beside what was measured there. What a strategy
 * costs is taken from its run on the fewest workers. 0, or -1 with *error set: the files are not
 * there, or the serial run is not in them. */
int prediction_print(const char *directory, const struct machine_model *machine, const int *workers,
                     int count, FILE *stream, struct error *error);

#endif

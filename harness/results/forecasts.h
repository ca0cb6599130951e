/* SPDX-License-Identifier: GPL-3.0-or-later */
/* forecast.csv: what was forecast before anything else was measured (measure/forecast/bet.h). */
#ifndef HARNESS_RESULTS_FORECASTS_H
#define HARNESS_RESULTS_FORECASTS_H

#include <stddef.h>

#include "harness/base/error.h"
#include "harness/results/columns.h"

/* Writes DIRECTORY/forecast.csv; without rows it removes one that is there. 0, or -1 with *error
 * set. */
int forecasts_write(const char *directory, const struct machine_facts *machine,
                    const struct forecast_row *rows, size_t count, struct error *error);

/* Reads it: a new array of *count rows, to be freed; none where there is no such file. 0, or -1 with
 * *error set. */
int forecasts_read(const char *directory, struct forecast_row **rows, size_t *count,
                   struct error *error);

#endif

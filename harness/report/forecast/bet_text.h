/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What became of the forecast that was made before measuring, in words. */
#ifndef HARNESS_REPORT_FORECAST_BET_TEXT_H
#define HARNESS_REPORT_FORECAST_BET_TEXT_H

#include "harness/measure/summary.h"
#include "harness/report/document/document.h"
#include "harness/results/columns.h"

enum { BET_TEXT = 512 };

/* "Forecast before measuring, from 5 runs on 1 worker: pool on 2 workers 1.90 times as fast (1.81-2.00).
 * Measured: 1.86, as forecast." Of the row on the most workers that was measured and is right; "" where
 * there is none. */
void bet_text(const struct result_set *set, const struct forecast_row *rows, size_t count,
              char text[BET_TEXT]);

/* Writes that as a paragraph, from DIRECTORY/forecast.csv; nothing where there is no such file, or
 * it cannot be read. */
void bet_put(const char *directory, const struct result_set *set,
             const struct document_language *language, FILE *stream);

#endif

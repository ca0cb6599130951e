/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The forecast that a benchmark makes before it measures. */
#ifndef HARNESS_COMMANDS_FORECAST_BENCH_FORECAST_H
#define HARNESS_COMMANDS_FORECAST_BENCH_FORECAST_H

#include "harness/base/error.h"
#include "harness/commands/bench/bench_run.h"
#include "harness/measure/experiment.h"

/* Makes the bet (bet.h) and writes forecast.csv; where there is nothing to bet on, there is no such
 * file afterwards. Its time is taken off the experiment's budget. A benchmark that stands alone says
 * it in a line on standard output. 0, or -1 with *error set. */
int bench_forecast(const struct bench *bench, struct experiment *experiment, struct error *error);

#endif

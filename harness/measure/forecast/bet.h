/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bet: before a benchmark measures anything else, its serial strategy and one strategy on the fewest
 * workers are run a few times, and from these the speedup of that strategy is forecast on all its
 * numbers of workers. What is measured later changes nothing about it. */
#ifndef HARNESS_MEASURE_FORECAST_BET_H
#define HARNESS_MEASURE_FORECAST_BET_H

#include <stddef.h>

#include "harness/base/error.h"
#include "harness/measure/experiment.h"
#include "harness/measure/forecast/predict.h"

/* One row of forecast.csv. */
struct forecast_row {
    char filter[NAME_MAX_LENGTH], strategy[NAME_MAX_LENGTH];
    int workers, blas_asked;
    enum lock_mode lock;
    int from_workers, from_runs; /* what it was made from */
    struct forecast forecast;
};

/* The seconds that a bet may take where the benchmark may take budget_s. */
double bet_budget_s(double budget_s);

/* Which of the configurations the bet is on: pool, or else the strategy with the most numbers of
 * workers, of those that can be simulated and have two at least; its configuration on the fewest.
 * NULL where there is none, for a command of the user's, and where fewer than SAMPLES_FOR_INTERVAL
 * rounds are wanted: then nobody asks how sure it is. */
const struct config *bet_choose(const struct experiment *whole);

/* Makes it: *rows becomes a new array of *count rows, to be freed; none where there is nothing to bet
 * on, or where that strategy was not right. 0, or -1 with *error set. */
int bet_make(const struct experiment *whole, const struct machine_model *machine,
             struct forecast_row **rows, size_t *count, struct error *error);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What forecasts are made from: a result that has been measured on few workers, with its traces and its
 * runs (struct summary). It does not matter whether it comes from an experiment or from files. */
#ifndef HARNESS_MEASURE_FORECAST_BASIS_H
#define HARNESS_MEASURE_FORECAST_BASIS_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/base/error.h"
#include "harness/measure/forecast/predict.h"
#include "harness/measure/summary.h"

struct forecast_basis {
    const struct result_set *set;
    double *task_s; /* of each task, in the serial run */
    int tasks;
    double *serial_walls; /* of `rounds` good serial runs */
    size_t rounds;
    double *ratios; /* scratch: a strategy's time / the serial one's, of the same round */
};

/* 0, or -1 with *error set, which names `where`: the serial run, its trace or its runs are not there.
 * The set must outlive the basis. To be destroyed in any case. */
int forecast_basis_create(struct forecast_basis *basis, const struct result_set *set,
                          const char *where, struct error *error);

void forecast_basis_destroy(struct forecast_basis *basis);

/* Whether there are shares to simulate: not of the serial strategy, which has no more workers, and not
 * where a library's threads share every task. */
bool forecast_possible(const struct config *config);

/* The summary of this strategy that is right and has the fewest workers; NULL: there is none. */
const struct summary *forecast_source(const struct result_set *set, const struct config *config);

/* What the strategy costs and how it shares the tasks: from its run on the fewest workers; what that
 * does not show of one worker (fixed shares, what each further worker costs) from its run on the most.
 * False where a trace is missing, or memory. */
bool forecast_model(const struct forecast_basis *basis, const struct config *config,
                    struct strategy_model *model);

/* The forecast on so many workers. Waiting takes no core: such tasks have one each. */
struct forecast forecast_run(struct forecast_basis *basis, const struct machine_model *machine,
                             const struct config *config, const struct strategy_model *model,
                             int workers);

#endif

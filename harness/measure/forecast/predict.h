/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A forecast: from the tasks of the serial run and the costs of a strategy seen on few workers, its
 * wall time and speedup on any number of workers and any machine. No clock, no files.
 *
 * It cannot know what the workers take from each other: memory bandwidth, shared caches, a lower clock
 * when all cores are busy. Where a measurement falls short of its forecast, it is these. */
#ifndef HARNESS_MEASURE_FORECAST_PREDICT_H
#define HARNESS_MEASURE_FORECAST_PREDICT_H

#include <stddef.h>

#include "harness/measure/forecast/simulate.h"
#include "harness/measure/statistics.h"

/* A task of a run that was measured: when, since the run began, and on which worker. */
struct predict_task {
    int worker;
    double start_s, end_s;
};

/* The costs of a strategy, from one run on `workers` workers that took wall_s: when its workers began,
 * the median gap between two tasks of a worker, what came after the last task. Shares are taken for
 * fixed where the tasks are dealt out in turns or in blocks, or where `fixed` says so (of one worker
 * it cannot be seen). Chunks are of one task. 0, or -1 when there is no memory. */
int predict_costs(const struct predict_task *tasks, int count, int workers, double wall_s,
                  bool fixed, struct strategy_model *strategy);

struct forecast {
    struct estimate wall_s;  /* a single run is to lie within low and high in 95 of 100 cases */
    struct estimate speedup; /* serial / this; NaN where there was no serial wall time */
};

/* What is known of how much runs spread. */
struct predict_walls {
    const double *serial; /* wall times of serial runs */
    size_t rounds;
    const double *ratios; /* of the strategy's wall times to those of the same rounds; may be few */
    size_t ratio_count;
};

/* What a run would take. task_s: each task in the serial run. The band of the wall time is as wide as
 * the serial runs spread; that of the speedup as the ratios do, where there are three of them, else as
 * two serial runs do; at least 1 %. All NaN when there is no memory. */
struct forecast predict_run(const struct machine_model *machine,
                            const struct strategy_model *strategy, const double *task_s, int tasks,
                            int workers, const struct predict_walls *walls);

#endif

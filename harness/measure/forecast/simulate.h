/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small discrete-event simulation of a strategy: what would a run take on that machine? No clock,
 * no files. */
#ifndef HARNESS_MEASURE_FORECAST_SIMULATE_H
#define HARNESS_MEASURE_FORECAST_SIMULATE_H

#include <stdbool.h>

#include "harness/measure/forecast/model.h"

/* How a strategy shares the tasks, and what it costs, seconds. */
struct strategy_model {
    bool fixed;  /* each worker has its share from the beginning; else it takes the next task */
    bool blocks; /* of fixed shares: tasks in a row, and not in turns */
    int chunk;   /* tasks that are taken at a time, where they are not fixed; at least 1 */
    bool one_at_a_time;  /* a lock is held over each task */
    double start_s;      /* until the first worker begins */
    double start_each_s; /* later for every further worker */
    double handout_s;    /* between two tasks (or chunks) of a worker */
    double join_s;       /* after the last task */
};

/* The wall time of `tasks` tasks on `workers` workers; task_s is what each takes on a fast core that
 * it has to itself. Worker w sits on place w of the model, counted round the places where there are
 * more workers, and all on one place share its time; those on two threads of one core share the
 * core. It knows nothing of memory bandwidth and shared caches. NaN when there is no memory. */
double simulate_run(const struct machine_model *machine, const struct strategy_model *strategy,
                    const double *task_s, int tasks, int workers);

#endif

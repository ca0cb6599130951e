/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast the kinds of cores are, measured before a benchmark. */
#ifndef HARNESS_COMMANDS_FORECAST_BENCH_CORES_H
#define HARNESS_COMMANDS_FORECAST_BENCH_CORES_H

#include "harness/base/error.h"
#include "harness/commands/bench/bench_run.h"
#include "harness/measure/forecast/model.h"

/* Measures them (measure_cores.h), in about a second. A benchmark of too few rounds for intervals,
 * or of a command, assumes them instead. The line for machine.txt goes into bench->set.machine, the
 * machine into *model, which the caller destroys in any case. Where cores or their threads differ,
 * a benchmark that stands alone says so on standard output. 0, or -1 with *error set. */
int bench_cores(struct bench *bench, struct machine_model *model, struct error *error);

#endif

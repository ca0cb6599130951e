/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast the kinds of cores are, measured before a benchmark. */
#ifndef HARNESS_COMMANDS_FORECAST_BENCH_CORES_H
#define HARNESS_COMMANDS_FORECAST_BENCH_CORES_H

#include "harness/base/error.h"
#include "harness/commands/bench/bench_run.h"
#include "harness/measure/forecast/model.h"

/* Measures them (measure_cores.h), in about a second, unless the benchmark is one of few rounds or of a
 * command: then they are assumed. The line for machine.txt goes into bench->set.machine, the machine
 * into *model, which the caller destroys in any case. A benchmark that stands alone says on standard
 * output what it has found, where cores or their threads differ. 0, or -1 with *error set. */
int bench_cores(struct bench *bench, struct machine_model *model, struct error *error);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The charts of a result: speedup, wall time, efficiency, and the two panels of `blas`. */
#ifndef HARNESS_REPORT_GRAPHS_CHARTS_H
#define HARNESS_REPORT_GRAPHS_CHARTS_H

#include <stdbool.h>
#include <stdio.h>

#include "harness/base/error.h"
#include "harness/measure/summary.h"

/* Adds the charts to settings.gp, see chart.h: "speedup", "walltime" with `serial_s` (0: not known),
 * "efficiency"; and "blas_speedup" and "blas_gflops" where the strategy blas was measured. Only what
 * is ok is in them. 0, or -1 with *error set: no memory, or nothing is ok. */
int charts_write(FILE *settings, const struct result_set *set, struct error *error);

/* Whether there is a row of strategy blas that is ok. */
bool charts_have_blas(const struct result_set *set);

#endif

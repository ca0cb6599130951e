/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a run had the BLAS threads that were asked for. */
#ifndef HARNESS_MEASURE_BLAS_IN_EFFECT_H
#define HARNESS_MEASURE_BLAS_IN_EFFECT_H

#include "harness/machine/machine.h"
#include "harness/measure/config.h"

/* Adds a warning where a good run of `config` had another number of them, or would not tell. */
void blas_in_effect_check(const struct config *config, const struct run_figures *figures,
                          struct warnings *warnings);

#endif

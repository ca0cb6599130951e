/* SPDX-License-Identifier: GPL-3.0-or-later */
/* resources.csv: CPU use and memory over time, one row a reading of the sampler. */
#ifndef HARNESS_RESULTS_RESOURCES_H
#define HARNESS_RESULTS_RESOURCES_H

#include <stdio.h>

#include "harness/machine/machine.h"
#include "harness/machine/sampler.h"
#include "harness/measure/config.h"

/* The line with the names of the columns. */
void resources_put_header(FILE *stream);

/* All readings of one run, a row each. Of `config` it takes filter, strategy, workers, lock and
 * BLAS threads; `machine` knows the benchmark (NULL: they are of none). Errors are the stream's. */
void resources_put(FILE *stream, const struct machine_facts *machine, const struct config *config,
                   const struct sampler *sampler);

#endif

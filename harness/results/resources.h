/* SPDX-License-Identifier: GPL-3.0-or-later */
/* resources.csv: CPU use and memory over time, one row a reading of the sampler. */
#ifndef HARNESS_RESULTS_RESOURCES_H
#define HARNESS_RESULTS_RESOURCES_H

#include <stdbool.h>
#include <stdio.h>

#include "harness/base/error.h"
#include "harness/machine/machine.h"
#include "harness/machine/sampler.h"
#include "harness/measure/config.h"

/* The line with the names of the columns. */
void resources_put_header(FILE *stream);

/* All readings of one run. Of `config` it takes filter, strategy, workers and lock; `machine` knows
 * the benchmark (NULL: it is of none). */
void resources_put(FILE *stream, const struct machine_facts *machine, const struct config *config,
                   const struct sampler *sampler);

/* Whether DIR/resources.csv is there and has readings of a strategy that takes some time: less than
 * two readings make no line. */
bool resources_can_be_drawn(const char *directory);

#endif

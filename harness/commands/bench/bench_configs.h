/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which configurations a benchmark measures. */
#ifndef HARNESS_COMMANDS_BENCH_BENCH_CONFIGS_H
#define HARNESS_COMMANDS_BENCH_BENCH_CONFIGS_H

#include "harness/commands/bench/bench_options.h"

/* The serial one first, asked for or not, since all others are compared with it; then every strategy
 * with the numbers of workers that were asked for. Where none were, one strategy (pool, or the first)
 * goes through all numbers, and the others have as many workers as there are cores: so there is time
 * for rounds enough. *configs is a new array of *count, to be freed. 0, or -1 with *error set. */
int bench_configs_list(const struct bench_options *options, const struct topology *topology,
                       struct config **configs, int *count, struct error *error);

#endif

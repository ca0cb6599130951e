/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `bench --dry-run`: the plan of a benchmark and the time that it will take, and no benchmark. */
#ifndef HARNESS_COMMANDS_BENCH_BENCH_DRY_RUN_H
#define HARNESS_COMMANDS_BENCH_BENCH_DRY_RUN_H

#include <stdio.h>

#include "harness/commands/bench/bench_options.h"

struct dry_run {
    const char *title; /* of the section */
    const struct bench_options *options;
    const struct topology *topology; /* of the machine to plan for */
    const struct config *configs;    /* the serial one first */
    int config_count;
};

/* Times one image, or one task that waits, and prints how often what would be measured, within the
 * budget. 0, or -1 with *error set. */
int bench_dry_run(const struct dry_run *dry_run, FILE *stream, struct error *error);

#endif

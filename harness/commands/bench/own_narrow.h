/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second pass of a benchmark of the user's own command: after a quick look at 1, 2, 4, ... at a
 * time, the numbers around the best of these are what is measured. */
#ifndef HARNESS_COMMANDS_BENCH_OWN_NARROW_H
#define HARNESS_COMMANDS_BENCH_OWN_NARROW_H

#include "harness/commands/bench/bench_options.h"
#include "harness/measure/experiment.h"

/* `best` is one of `count` numbers in rising order. Fills in that number, its neighbours, and the
 * numbers half way to each of them, in rising order. Returns how many these are. */
int own_narrow_numbers(const int *workers, int count, int best, int narrowed[5]);

/* Runs every configuration of `programs` among those of `experiment` once (`serial` first, as ever;
 * nothing of it is kept), and replaces options->workers by the numbers around the best. 0, or -1 with
 * *error set. */
int own_narrow(const struct experiment *experiment, struct bench_options *options,
               struct error *error);

#endif

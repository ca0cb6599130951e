/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Planning benchmarks that are to be done one after the other. */
#ifndef HARNESS_COMMANDS_LESSON_PLANNING_H
#define HARNESS_COMMANDS_LESSON_PLANNING_H

#include <stdbool.h>
#include <stdio.h>

#include "harness/commands/bench/bench_run.h"

/* Whether there is a budget at all. */
bool planning_is_bounded(const struct bench_options *options);

/* Plans them for `left_s` seconds in all, from now on. Times an image of each; where that has been
 * done before, only of the first. Sets what the first is to do and when it has to end; the others
 * are planned again when it is their turn. 0, or -1 with *error set. */
int planning_do(struct bench *benches, int count, double left_s, struct error *error);

/* Prints the plan of all of them: what is measured how often, how long that takes, what is left
 * out. */
void planning_print(const struct bench *benches, int count, double budget_s, FILE *stream);

#endif

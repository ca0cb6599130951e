/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the runs of a benchmark will cost, from one quick run: what its plan is made from. */
#ifndef HARNESS_COMMANDS_LESSON_COST_H
#define HARNESS_COMMANDS_LESSON_COST_H

#include "harness/commands/bench/bench_options.h"
#include "harness/measure/forecast/plan.h"

/* Times one image on one core (of one that takes long, a few of its rows), seconds; of a filter that
 * waits, how long a task waits. 0, or -1 with *error set. */
int cost_image(const struct bench_options *options, double *seconds, struct error *error);

/* Fills in section->configs, the costs of the section->count configurations in `configs`, at
 * image_s seconds an image and on a machine of so many cores. section->images is known already. */
void cost_runs(const struct bench_options *options, const struct config *configs, double image_s,
               double cores, struct plan_section *section);

#endif

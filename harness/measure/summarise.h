/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From samples to summaries: the figures that come out in the end. */
#ifndef HARNESS_MEASURE_SUMMARISE_H
#define HARNESS_MEASURE_SUMMARISE_H

#include "harness/measure/samples.h"
#include "harness/measure/summary.h"

/* Summarises the first `rounds` good runs of each of `count` configurations against those of
 * samples[0], the serial one, into set->summaries (set->machine is left alone). Takes the times of
 * the median runs out of the samples, of which there are `all`: one more than `count` where the
 * serial one was measured twice in every round. 0, or -1 with *error set. */
int summarise(struct samples *samples, int count, int all, int rounds, struct result_set *set,
              struct error *error);

/* The same while the experiment goes on: the samples stay as they are, and there are no traces, no
 * losses and no evidence. 0, or -1 with *error set. */
int summarise_so_far(struct samples *samples, int count, int rounds, struct result_set *set,
                     struct error *error);

#endif

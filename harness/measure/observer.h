/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An observer is told what an experiment has just found out, while it goes on. So measuring knows
 * nothing of files and graphs; commands tie the two together (harness/commands/bench/record.h).
 *
 * Every call may be NULL: nobody wants to know. Those with an error return 0, or -1 with *error set (a full
 * disk, say), which ends the experiment. What the pointers point to is the experiment's and is valid
 * during the call only. */
#ifndef HARNESS_MEASURE_OBSERVER_H
#define HARNESS_MEASURE_OBSERVER_H

#include <stdbool.h>

#include "generator/image.h"
#include "harness/base/error.h"
#include "harness/machine/sampler.h"
#include "harness/measure/summary.h"

struct observer {
    void *context; /* handed to each call */

    /* The reference has been made: the first image and what the filter makes of it. Both are NULL
     * where the filter has no images. */
    int (*first_image)(void *context, const struct image *input, const struct image *output,
                       struct error *error);

    /* A run was measured and checked, good or not. */
    int (*run)(void *context, const struct run_record *run, struct error *error);

    /* So many whole rounds have been done; nothing of ours is running now. */
    int (*round)(void *context, int done, struct error *error);

    /* Whether others disturbed the last of them, as far as one can tell; and that it will be measured again
     * and does not count. */
    bool (*disturbed)(void *context);
    void (*left_out)(void *context);

    /* As `round`, with what these rounds come to: no traces, no losses, and nothing about the machine. */
    int (*so_far)(void *context, const struct result_set *set, struct error *error);

    /* A run was watched and not timed; these are the readings. */
    int (*watched)(void *context, const struct config *config, const struct sampler *sampler,
                   struct error *error);
};

#endif

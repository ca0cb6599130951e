/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making fake images in parallel, one at a time by each thread. */
#ifndef HARNESS_COMMANDS_INPUTS_PRODUCTION_H
#define HARNESS_COMMANDS_INPUTS_PRODUCTION_H

#include <stddef.h>
#include <stdint.h>

#include "generator/image.h"
#include "harness/base/error.h"

/* What to make: images 0 ... count-1 of ny x nx pixels, image i from seed + i. */
struct production {
    size_t count, ny, nx;
    uint32_t seed;
    size_t workers; /* threads; 0: one for each hardware thread that may be used */

    /* Takes image i, whose pixels are another's as soon as it returns. Called by several threads at
     * a time, with different i. 0, or -1 with *error set, and then no more are made. */
    int (*take)(void *context, size_t i, const struct image *image, struct error *error);
    void *context;
};

/* Makes all of them, with a progress bar. 0, or -1 with *error set: the first that went wrong, or
 * that a signal has come which interrupt_catch() caught; then none is begun any more. */
int production_run(const struct production *production, struct error *error);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The images that a benchmark works on: fake ones that it makes, or FITS files that it reads. */
#ifndef HARNESS_COMMANDS_INPUTS_INPUTS_H
#define HARNESS_COMMANDS_INPUTS_INPUTS_H

#include "generator/image.h"
#include "harness/base/error.h"

struct inputs {
    struct image *images;
    int count;
};

/* Whether there is memory for a benchmark of `count` images of ny x nx pixels: 0, or -1 with *error set. */
int inputs_check(double count, size_t ny, size_t nx, struct error *error);

/* Makes `count` fake images of ny x nx pixels, image i from seed `seed + i`, on `workers` threads.
 * 0, or -1 with *error set and nothing to free. */
int inputs_make(struct inputs *inputs, int count, size_t ny, size_t nx, unsigned long seed,
                int workers, struct error *error);

/* Makes `count` images of one pixel, image i holding i: for filters that need no images. 0, or -1
 * with *error set and nothing to free. */
int inputs_number(struct inputs *inputs, int count, struct error *error);

/* Reads FITS files. 0, or -1 with *error naming the file and nothing to free. */
int inputs_read(struct inputs *inputs, int count, char *const *paths, struct error *error);

void inputs_free(struct inputs *inputs);

#endif

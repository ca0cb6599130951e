/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The images that a benchmark works on: fake ones that it makes, or FITS files that it reads. */
#ifndef HARNESS_COMMANDS_INPUTS_INPUTS_H
#define HARNESS_COMMANDS_INPUTS_INPUTS_H

#include <limits.h>

#include "generator/image.h"
#include "harness/base/error.h"
#include "harness/commands/inputs/room.h"

/* All images in memory; or, where their room has a directory, all in files. Then memory has the
 * first one, and of the others only the shapes: images[i].pixels is NULL. */
struct inputs {
    struct image *images;
    int count;
    char **files;             /* their absolute paths; NULL: they are in memory */
    char directory[PATH_MAX]; /* of files that were made, removed with them; "": none */
};

/* Whether there is room for `count` images of ny x nx pixels that are to be made: 0, or -1 with *error
 * set. */
int inputs_check(const struct room *room, double count, size_t ny, size_t nx, struct error *error);

/* Makes `count` fake images of ny x nx pixels, image i from seed `seed + i`, on `threads` threads.
 * 0, or -1 with *error set and nothing to free. */
int inputs_make(struct inputs *inputs, const struct room *room, int count, size_t ny, size_t nx,
                unsigned long seed, int threads, struct error *error);

/* Makes `count` images of one pixel, image i holding i: for filters that need no images. 0, or -1
 * with *error set and nothing to free. */
int inputs_number(struct inputs *inputs, int count, struct error *error);

/* Reads FITS files. 0, or -1 with *error naming the file and nothing to free. */
int inputs_read(struct inputs *inputs, const struct room *room, int count, char *const *paths,
                struct error *error);

/* Legal on a struct of zeros, and again. */
void inputs_free(struct inputs *inputs);

#endif

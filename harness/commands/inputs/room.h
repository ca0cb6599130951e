/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether there is room for the images of a benchmark: said before it begins. */
#ifndef HARNESS_COMMANDS_INPUTS_ROOM_H
#define HARNESS_COMMANDS_INPUTS_ROOM_H

#include <stdbool.h>

#include "harness/base/error.h"

/* Where a benchmark keeps its images. */
struct room {
    /* Of `--io files`: where its files go, and so on which disk; NULL: all are in memory. */
    const char *directory;
    int workers; /* the most that a run has */
};

/* What is to be kept. */
struct demand {
    double images, pixels; /* of all of them */
    double largest;        /* pixels of the largest */
    bool read;             /* they come from files of the user's, and are in memory already */
};

/* Whether it fits. In memory a pixel takes 32 bytes: 8 as it was made or read (not counted any more of
 * those that were read), 8 where the runs share it, 8 for its result, and 8 for the serial one. In files
 * it takes 8 bytes of the disk, unless it is in a file of the user's already, 8 for its result and 8 for
 * the serial one; and in memory 16 in every worker, and 8 of the first image. 0, or -1 with *error set,
 * about `what`. Where it is not known how much is free, all fits. */
int room_check(const struct room *room, const struct demand *demand, const char *what,
               struct error *error);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Planning a network: which pixels are compared, in which order, to find medians.
 *
 * A comparator takes two values and gives the lower and the higher one. Wired up once, a network of
 * comparators sorts whatever comes in, without a branch; so it can work on many windows at a time,
 * one in each lane of a vector. What it does not need for its outputs is left out: a comparator of
 * which only one result is used is half a comparator, one of which none is used is nothing.
 *
 * The network finds the medians of a square of side x side windows, 4 x 4 say. All of them have the
 * core in common, and what is far from the middle of the core is the median of none:
 *
 *     + + + # # # # # # + + +      #  core: columns are sorted, then merged. Of its c values in
 *     + + + # # # # # # + + +         order, a window that adds e more can have as its median only
 *     + + + # # # # # # + + +         those with index k - e ... k. The others are forgotten.
 *     . . . + + + + + + . . .      +  then the square is halved: its upper and its lower half have
 *                                     a core each, larger by rows; those are sorted, merged in, and
 *     and so on: halved by columns, by rows, ... down to single windows, which have their last row
 *     or column still to come, and a single value to find.
 *
 * Sorting what windows share just once is the idea of Adams, "Fast median filters using separable
 * sorting networks" (ACM Trans. Graph. 40(4), 2021), and halving squares that of Sugy, "A fast,
 * GPU-based median filter by hierarchical tiling" (arXiv:2507.19926, 2025). Lists are merged as by
 * Batcher (1968): odd places, even places, then neighbours.
 */
#ifndef FILTERS_MEDIAN_NETWORK_PLAN_H
#define FILTERS_MEDIAN_NETWORK_PLAN_H

#include <stddef.h>
#include <stdint.h>

#include "harness/base/error.h"

enum {
    NETWORK_WINDOW_MOST = 32, /* the largest window; the smallest is 2 */
    NETWORK_SIDE_MOST = 4,    /* windows a side of the square */
    NETWORK_FROM_MOST = 4,    /* wires that a step reads, */
    NETWORK_TO_MOST = 4       /* and writes */
};

/* Pixels in a row of the input. Neighbouring squares are neighbouring lanes; so that these are
 * neighbours in memory too, a row is dealt out like cards to `side` players:
 *
 *     0 1 2 3 4 5 6 7 8 9 ...    ->    0 4 8 ... | 1 5 9 ... | 2 6 ... | 3 7 ...
 */
enum { NETWORK_ROW = 256 };

static inline size_t network_place(size_t side, size_t y, size_t x)
{
    /* 2 = 1 << 1, 4 = 1 << 2: a division would take longer than the rest. */
    size_t shift = side / 2;
    return y * NETWORK_ROW + ((x & (side - 1)) * NETWORK_ROW >> shift) + (x >> shift);
}

/* What a step does with the wires `from` and `to`. Bits, so that telling them apart takes a few
 * tests: a jump through a table is guessed wrong so often that it doubles the time. */
enum network_kind {
    NETWORK_NOTHING = 0,
    NETWORK_INPUT = 1,   /* to 0 = the input at place from 0 */
    NETWORK_COMPARE = 2, /* to 0 and 1 = the lower and the higher of from 0 and 1 */
    NETWORK_LOWER = 4,   /* to 0 only */
    NETWORK_HIGHER = 8,  /* to 1 only */
    NETWORK_FOLD = 16,   /* to 0 = the lower of from 2, and the higher of from 0 and 1 */
    NETWORK_JOINED = 32, /* from 0 and 1, and 2 and 3, are compared; then the inner two of them */
    NETWORK_FIRST = 64   /* as NETWORK_COMPARE, of the inputs at places from 0 and 1 */
};

/* One step. Its results are never wires that it reads. */
struct network_step {
    uint16_t kind, from[NETWORK_FROM_MOST], to[NETWORK_TO_MOST];
};

/* Made once for a window, then only read. */
struct network {
    size_t window;
    size_t side; /* windows a side of the square: 2 or NETWORK_SIDE_MOST */
    size_t wires, count;
    struct network_step *steps;
    /* The wires that have the medians at the end: side * side, row by row. */
    uint16_t median[NETWORK_SIDE_MOST * NETWORK_SIDE_MOST];
};

/* Plans for a window from 2 to NETWORK_WINDOW_MOST. To be destroyed by network_destroy(). NULL with
 * *error set when there is no memory. */
struct network *network_create(size_t window, struct error *error);

/* Legal on NULL. */
void network_destroy(struct network *network);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One tile of highpass-rank: the medians of a rectangle of the image, by sorting it once.
 *
 * The input of a tile is the pixels that the windows of its output reach. All of them are sorted by
 * value, and the sorted order is cut into 256 buckets of 64 or more neighbours, so that a bucket's
 * number is a byte:
 *
 *                     <------------------- sorted by value ------------------->
 *     member (y, x)   31,7  0,99  12,4 | 80,3  12,5  99,60  7,7 | 45,45  0,0 ...
 *     bucket                 0         |           1            |     2
 *
 * The median of a window is found in this order. Suppose that bucket b holds it. How many pixels of
 * the window are in lower buckets is a number, `below`, that we keep (as `index`, which is k -
 * below for the wanted index k = n/2); the ones in bucket b itself are found by testing all its
 * members at once for lying in the window, which gives one bit each:
 *
 *     inside          1 0 1 1 0 0 0 1 0 1 ...    the members of bucket b, in order of value
 *
 * The median is the member at the set bit number `index`, exactly: the buckets only tell where to
 * look. Where there is no such bit the median has moved on, and the walk goes to the bucket before
 * or after.
 *
 *         +-----------------------+
 *         |   leaving row         |      A step down by one row changes `below` by the pixels of
 *         |  +=================+  |      two rows that are in lower buckets: bytes compared with
 *         |  |                 |  |      b, many columns at a time. The next median is seldom
 *         |  |     window      |  |      more than a bucket or two away. So a pixel costs a few
 *         |  |                 |  |      dozen vector instructions, and a bigger window only
 *         |  +=================+  |      makes the counting of two rows longer.
 *         |   entering row        |
 *         +-----------------------+ input of the tile
 *
 * A missing value (NaN) is sorted behind all others and so is never counted below a bucket that
 * matters; it only changes which index is wanted.
 *
 * Coordinates are bytes as well. For a window larger than the output of a tile they are folded: the
 * pixels in the middle are in all windows, so it does not matter which of them they are, and all can
 * have the same coordinate:
 *
 *     x              0 1 2 | 3 4 5 6 7 8 | 9 10 11        windows of 9; 4 columns of output
 *     folded         0 1 2 | 3 3 3 3 3 3 | 4  5  6        as good as windows of 4
 *
 * That a median filter can be had from one sort a block is due to Suomela, "Median Filtering is
 * Equivalent to Sorting" (arXiv:1406.1717, 2014); that sorted neighbours can be tested as bits of a
 * word, to the hints of the exercises MF in his course Programming Parallel Computers (Aalto
 * University).
 */
#ifndef FILTERS_MEDIAN_RANK_TILE_H
#define FILTERS_MEDIAN_RANK_TILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "filters/median/rank_kernels.h"
#include "harness/base/error.h"

enum {
    RANK_BUCKETS = 256,
    RANK_SIDE_MOST = 1024, /* rows, or columns, of the input of a tile */
    RANK_FOLDED_MOST = 128 /* rows, or columns, of output of a tile of more than RANK_SIDE */
};

/* Where RANK_GROUP neighbours in the sorted order lie in the input. */
struct rank_group {
    _Alignas(RANK_GROUP) uint8_t x[RANK_GROUP]; /* aligned, so that it is one cache line */
    uint8_t y[RANK_GROUP];
};

/* All the memory that a worker needs, in one piece: 2 MB for an input of RANK_SIDE, 0.4 MB for the
 * window of 3. */
struct rank_tile {
    size_t window;
    size_t bits;    /* the pixel (y, x) of the input is at y << bits | x: its position */
    size_t ny, nx;  /* of the input: output rows (columns) + window - 1; set by the caller */
    double *values; /* the input, by position; set by the caller */

    /* The sorted order, made by rank_tile_sort(). */
    size_t count, missing; /* pixels in all, and how many of them are NaN */
    double *sorted;        /* values in ascending order, NaN last */
    uint32_t *position;    /* where they are in the input */

    /* Its buckets, made by rank_tile_cut(). */
    size_t groups;              /* groups of members in each bucket */
    struct rank_group *members; /* positions, bucket after bucket */
    uint8_t *bucket_of;         /* by position */

    size_t reach;                   /* how many coordinates a window covers: the window, or less */
    uint8_t folded[RANK_SIDE_MOST]; /* coordinates as they are in groups */

    uint32_t *key;                   /* on the way to the sorted order: by position */
    uint32_t *item;                  /* the same */
    uint8_t nth_bits[RANK_NTH_BITS]; /* rank_make_nth_bits() */
};

/* For inputs of up to height x side (at most RANK_SIDE_MOST each; output of at most
 * RANK_FOLDED_MOST where one is more than RANK_SIDE). To be destroyed by free(). NULL with *error set
 * when there is no memory. */
struct rank_tile *rank_tile_create(size_t window, size_t height, size_t side, struct error *error);

/* Sorts the input, whose values, ny and nx are set. */
void rank_tile_sort(struct rank_tile *tile);

/* Cuts the sorted order into buckets. */
void rank_tile_cut(struct rank_tile *tile);

/* Writes the medians of the (ny - window + 1) x (nx - window + 1) windows to `medians`, whose rows
 * are `stride` apart. */
void rank_tile_walk(const struct rank_tile *tile, double *medians, size_t stride);

#endif

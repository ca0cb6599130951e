/* SPDX-License-Identifier: GPL-3.0-or-later */
/* highpass-rank for small windows: the medians of a tile by networks of comparators.
 *
 *     nine.c            a window of 3: the whole network, written out by hand; start there
 *     five.c            a window of 5: as much as can be written out
 *     plan.c            how a network is planned for any other window; a drawing is in its header
 *     lay.c             makes it short
 *     network.c         runs it over a tile
 *
 * A comparator gives the lower and the higher of two numbers: two instructions, and with vectors two
 * for many windows at a time. Whatever the values, the same steps are done, and no branch can be
 * guessed wrong. nine.c and five.c compare the pixels themselves, 8 bytes each. The larger networks
 * compare ranks: a tile is sorted first (rank_sort.c), so that each pixel is a number of 2 bytes,
 * four times as many of which fit into a vector. This pays for the sorting several times over.
 *
 * A network finds the value with one index, k, and that holds only while every pixel counts: a tile
 * with a single NaN is left to rank_walk.c.
 */
#ifndef FILTERS_MEDIAN_NETWORK_NETWORK_H
#define FILTERS_MEDIAN_NETWORK_NETWORK_H

#include <stddef.h>

#include "filters/median/network/plan.h"
#include "filters/median/rank_tile.h"

/* The medians of the windows of 3, or of 5, in ny x nx pixels without NaN, of which `rows` are the
 * rows: ny - 2 rows of nx - 2, or ny - 4 of nx - 4. Those of the medians are `stride` apart. */
void network_nine(const double *const *rows, size_t ny, size_t nx, double *medians, size_t stride);
void network_five(const double *const *rows, size_t ny, size_t nx, double *medians, size_t stride);

/* A network, and the memory to run it in. For a window from 2 to NETWORK_WINDOW_MOST; NULL with
 * *error set when there is no memory. Destroying is legal on NULL. */
struct network_room *network_room_create(size_t window, struct error *error);
void network_room_destroy(struct network_room *room);

/* Most columns of output in a tile. */
size_t network_columns(const struct network_room *room);

/* The medians of all windows of a tile that rank_tile_sort() has sorted and found without NaN. */
void network_medians(const struct network_room *room, const struct rank_tile *tile, double *medians,
                     size_t stride);

#endif

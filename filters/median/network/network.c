/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filters/median/network/network.h"

#include <stdlib.h>
#include <string.h>

/* Squares on a wire: all that are side by side in a tile, 128 bytes of ranks. */
enum { LANES = 64 };

/* A rank, from -32768 on: the oldest vector units compare signed numbers only. */
typedef int16_t rank;

struct network_room {
    struct network *network;
    rank *input; /* of a tile, dealt out by network_place() */
    rank *wires;
};

void network_room_destroy(struct network_room *room)
{
    if (!room)
        return;
    network_destroy(room->network);
    free(room->input);
    free(room->wires);
    free(room);
}

static rank *new_ranks(size_t count)
{
    void *memory = NULL;
    size_t bytes = count * sizeof(rank);
    return posix_memalign(&memory, 64, bytes) == 0 ? memset(memory, 0, bytes) : NULL;
}

struct network_room *network_room_create(size_t window, struct error *error)
{
    /* The last squares may reach beyond the tile. */
    enum { ROWS = RANK_SIDE + NETWORK_SIDE_MOST + 1 };
    struct network_room *room = calloc(1, sizeof *room);
    struct network *network = room ? network_create(window, error) : NULL;
    if (network) {
        room->network = network;
        room->input = new_ranks((size_t)ROWS * NETWORK_ROW);
        room->wires = new_ranks(network->wires * LANES);
    }
    if (!network || !room->input || !room->wires) {
        error_set(error, "highpass-rank", "no memory for a network for a window of %zu", window);
        network_room_destroy(room);
        return NULL;
    }
    return room;
}

/* ---- steps. The loops become vector instructions: `x < y ? x : y` is just what these compute. ---- */

static inline void compare(const rank *restrict a, const rank *restrict b, rank *restrict lower,
                           rank *restrict higher)
{
    for (int i = 0; i < LANES; i++) {
        rank x = a[i], y = b[i];
        lower[i] = x < y ? x : y;
        higher[i] = x > y ? x : y;
    }
}

static inline void compare_lower(const rank *restrict a, const rank *restrict b,
                                 rank *restrict lower)
{
    for (int i = 0; i < LANES; i++)
        lower[i] = a[i] < b[i] ? a[i] : b[i];
}

static inline void compare_higher(const rank *restrict a, const rank *restrict b,
                                  rank *restrict higher)
{
    for (int i = 0; i < LANES; i++)
        higher[i] = a[i] > b[i] ? a[i] : b[i];
}

static inline void fold(const rank *restrict a, const rank *restrict b, const rank *restrict least,
                        rank *restrict to)
{
    for (int i = 0; i < LANES; i++) {
        rank x = a[i] > b[i] ? a[i] : b[i], y = least[i];
        to[i] = x < y ? x : y;
    }
}

static inline void compare_joined(const rank *restrict a, const rank *restrict b,
                                  const rank *restrict c, const rank *restrict d,
                                  rank *restrict lowest, rank *restrict lower,
                                  rank *restrict higher, rank *restrict highest)
{
    for (int i = 0; i < LANES; i++) {
        rank p = a[i], q = b[i], r = c[i], s = d[i];
        rank x = p > q ? p : q, y = r < s ? r : s;
        lowest[i] = p < q ? p : q;
        lower[i] = x < y ? x : y;
        higher[i] = x > y ? x : y;
        highest[i] = r > s ? r : s;
    }
}

/* All steps, for LANES squares side by side. */
static void run(const struct network *network, const rank *input, rank *wires)
{
    const struct network_step *end = network->steps + network->count;
    for (const struct network_step *step = network->steps; step < end; step++) {
        const rank *a = wires + step->from[0] * (size_t)LANES;
        const rank *b = wires + step->from[1] * (size_t)LANES;
        const rank *c = wires + step->from[2] * (size_t)LANES;
        const rank *d = wires + step->from[3] * (size_t)LANES;
        rank *to_0 = wires + step->to[0] * (size_t)LANES;
        rank *to_1 = wires + step->to[1] * (size_t)LANES;
        rank *to_2 = wires + step->to[2] * (size_t)LANES;
        rank *to_3 = wires + step->to[3] * (size_t)LANES;
        if (step->kind & NETWORK_COMPARE)
            compare(a, b, to_0, to_1);
        else if (step->kind & NETWORK_JOINED)
            compare_joined(a, b, c, d, to_0, to_1, to_2, to_3);
        else if (step->kind & NETWORK_FOLD)
            fold(a, b, c, to_0);
        else if (step->kind & NETWORK_LOWER)
            compare_lower(a, b, to_0);
        else if (step->kind & NETWORK_HIGHER)
            compare_higher(a, b, to_1);
        else if (step->kind & NETWORK_FIRST)
            compare(input + step->from[0], input + step->from[1], to_0, to_1);
        else
            memcpy(to_0, input + step->from[0], LANES * sizeof *to_0);
    }
}

size_t network_columns(const struct network_room *room)
{
    return room->network->side * LANES;
}

static void deal_ranks(const struct network_room *room, const struct rank_tile *tile)
{
    size_t side = room->network->side, mask = ((size_t)1 << tile->bits) - 1;
    for (size_t i = 0; i < tile->count; i++) {
        size_t y = tile->position[i] >> tile->bits, x = tile->position[i] & mask;
        room->input[network_place(side, y, x)] = (rank)((int)i + INT16_MIN);
    }
}

/* Row y of the squares: from ranks back to values. */
static void look_up(const struct network_room *room, const struct rank_tile *tile, size_t y,
                    size_t columns, double *medians)
{
    size_t side = room->network->side;
    for (size_t player = 0; player < side; player++) {
        const rank *found = room->wires + room->network->median[y * side + player] * (size_t)LANES;
        for (size_t x = player; x < columns; x += side)
            medians[x] = tile->sorted[*found++ - INT16_MIN];
    }
}

void network_medians(const struct network_room *room, const struct rank_tile *tile, double *medians,
                     size_t stride)
{
    const struct network *network = room->network;
    size_t side = network->side, rows = tile->ny - network->window + 1;
    size_t columns = tile->nx - network->window + 1;
    deal_ranks(room, tile);
    for (size_t row = 0; row < rows; row += side) {
        run(network, room->input + row * NETWORK_ROW, room->wires);
        for (size_t y = 0; y < side && row + y < rows; y++)
            look_up(room, tile, y, columns, medians + (row + y) * stride);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filters/median/rank_tile.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { HUGE_PAGE = 2 << 20, CACHE_LINE = 64 }; /* bytes */

/* Cuts a piece of `bytes` off the memory, from *used on; only counts where there is none yet. */
static void *cut_off(char *memory, size_t *used, size_t bytes)
{
    void *piece = memory ? memory + *used : NULL;
    *used += (bytes + CACHE_LINE - 1) / CACHE_LINE * CACHE_LINE;
    return piece;
}

/* Gives the arrays their places in the memory, unless that is NULL. Returns the bytes that they
 * take in all. */
static size_t lay_out(char *memory, size_t height, size_t side, struct rank_tile **tile)
{
    size_t used = 0, bits = side <= 256 ? 8 : side <= 512 ? 9 : 10;
    size_t positions = height << bits, bucket = (size_t)RANK_BUCKETS * RANK_GROUP;
    size_t members = (height * side + bucket - 1) / bucket * bucket;
    struct rank_tile arrays = {.bits = bits};
    *tile = cut_off(memory, &used, sizeof arrays);
    arrays.values = cut_off(memory, &used, positions * sizeof *arrays.values);
    arrays.sorted = cut_off(memory, &used, members * sizeof *arrays.sorted);
    arrays.position = cut_off(memory, &used, members * sizeof *arrays.position);
    arrays.members = cut_off(memory, &used, members / RANK_GROUP * sizeof *arrays.members);
    /* Whole chunks of columns are counted, which may reach beyond the last row. */
    arrays.bucket_of = cut_off(memory, &used, positions + RANK_CHUNK);
    arrays.key = cut_off(memory, &used, positions * sizeof *arrays.key);
    arrays.item = cut_off(memory, &used, members * sizeof *arrays.item);
    if (memory)
        **tile = arrays;
    return used;
}

struct rank_tile *rank_tile_create(size_t window, size_t height, size_t side, struct error *error)
{
    struct rank_tile *tile;
    void *memory = NULL;
    size_t bytes = lay_out(NULL, height, side, &tile), page = CACHE_LINE;
    if (bytes > HUGE_PAGE / 4) { /* else it would be next to empty, in every worker */
        page = HUGE_PAGE;
        bytes = (bytes + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    }
    if (posix_memalign(&memory, page, bytes) != 0) {
        error_set(error, "highpass-rank", "no memory for a tile of %zu x %zu pixels", height, side);
        return NULL;
    }
#ifdef MADV_HUGEPAGE
    /* Sorting reads at random, from more small pages than the processor remembers the places of. A
     * request: where it is not granted, all works as well, some 2 % slower. */
    if (page == HUGE_PAGE)
        madvise(memory, bytes, MADV_HUGEPAGE);
#endif
    /* All of it, so that the first frame does not pay for the pages. */
    lay_out(memset(memory, 0, bytes), height, side, &tile);
    tile->window = window;
    bool folds = height > RANK_SIDE || side > RANK_SIDE;
    tile->reach = folds && window > RANK_FOLDED_MOST ? RANK_FOLDED_MOST : window;
    for (size_t x = 0; x < RANK_SIDE_MOST; x++) {
        size_t folded = x < tile->reach ? x
                        : x < window    ? tile->reach - 1
                                        : x - (window - tile->reach);
        tile->folded[x] = (uint8_t)folded;
    }
    rank_make_nth_bits(tile->nth_bits);
    return tile;
}

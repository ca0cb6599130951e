/* SPDX-License-Identifier: GPL-3.0-or-later */
/* highpass-rank: sort a tile once, then find the median of each of its windows in the sorted order.
 *
 *     rank.c          cuts the frame into tiles (this file)
 *     rank_tile.h     how a tile is done, with a drawing: start there
 *     rank_sort.c     sorts its input
 *     rank_walk.c     moves its windows
 *     rank_kernels.h  the innermost functions, in plain C and with vector instructions
 *
 * A tile's input is larger than its output by window - 1 rows and columns, which are sorted again
 * in the next tile, so tiles should be large; but a small input stays in the cache and has small
 * buckets. Windows of more than WINDOW_MOST pixels, for which tiles would be mostly border, are
 * left to highpass-histogram.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "filters/filter.h"
#include "filters/median/highpass.h"
#include "filters/median/rank_tile.h"
#include "filters/median/window.h"

enum { WINDOW_MOST = 224, HUGE_PAGE = 2 << 20 };

struct workspace {
    struct rank_tile tile;
    size_t rows[RANK_SIDE], columns[RANK_SIDE]; /* of the image, for those of the tile's input */
    void *histogram;                            /* for a window that is too large, else NULL */
};

_Static_assert(sizeof(struct workspace) <= HUGE_PAGE, "a workspace fits into a huge page");

static void destroy(void *pointer)
{
    struct workspace *workspace = pointer;
    if (!workspace)
        return;
    highpass_histogram.destroy(workspace->histogram);
    free(workspace);
}

static void *create(const struct filter_parameters *parameters, struct error *error)
{
    void *memory = NULL;
    if (posix_memalign(&memory, HUGE_PAGE, HUGE_PAGE) != 0) {
        error_set(error, "highpass-rank", "no memory for a tile");
        return NULL;
    }
#ifdef MADV_HUGEPAGE
    /* Sorting reads at random, from more small pages than the processor remembers the places of. A
     * request: where it is not granted, all works as well, some 2 % slower. */
    madvise(memory, HUGE_PAGE, MADV_HUGEPAGE);
#endif
    /* All of it, so that the first frame does not pay for the pages. */
    struct workspace *workspace = memset(memory, 0, sizeof *workspace);
    workspace->tile.window = parameters->window;
    rank_make_nth_bits(workspace->tile.nth_bits);
    if (parameters->window > WINDOW_MOST) {
        workspace->histogram = highpass_histogram.create(parameters, error);
        if (!workspace->histogram) {
            destroy(workspace);
            return NULL;
        }
    }
    return workspace;
}

/* Rows (or columns) of output in a tile, where `length` rows are shared out near-equally. */
static size_t tile_side(size_t window, size_t length)
{
    /* Sides whose square just fits into 256 buckets of 64 or 128 members; the largest. */
    size_t input = window <= 16 ? 128 : window <= 64 ? 181 : RANK_SIDE;
    size_t most = input - (window - 1), tiles = (length + most - 1) / most;
    return (length + tiles - 1) / tiles;
}

static void copy_input(struct rank_tile *tile, const struct image *input, const size_t *rows,
                       const size_t *columns)
{
    bool reflected = false;
    for (size_t x = 0; x + 1 < tile->nx; x++)
        reflected |= columns[x] + 1 != columns[x + 1];
    for (size_t y = 0; y < tile->ny; y++) {
        const double *from = input->pixels + rows[y] * input->nx;
        double *to = tile->values + y * RANK_STRIDE;
        if (!reflected)
            memcpy(to, from + columns[0], tile->nx * sizeof *to);
        else
            for (size_t x = 0; x < tile->nx; x++)
                to[x] = from[columns[x]];
    }
}

static int apply(void *pointer, const struct image *input, size_t row_begin, size_t row_end,
                 struct image *output, struct error *error)
{
    struct workspace *workspace = pointer;
    if (workspace->histogram)
        return highpass_histogram.apply(workspace->histogram, input, row_begin, row_end, output,
                                        error);
    if (row_begin == row_end)
        return 0;
    struct rank_tile *tile = &workspace->tile;
    size_t window = tile->window, nx = input->nx;
    size_t height = tile_side(window, row_end - row_begin), width = tile_side(window, nx);
    for (size_t y = row_begin; y < row_end; y += height) {
        size_t rows = row_end - y < height ? row_end - y : height;
        tile->ny = rows + window - 1;
        window_reflect_table(workspace->rows, window_first(y, window), tile->ny, input->ny);
        for (size_t x = 0; x < nx; x += width) {
            size_t columns = nx - x < width ? nx - x : width;
            tile->nx = columns + window - 1;
            window_reflect_table(workspace->columns, window_first(x, window), tile->nx, nx);
            copy_input(tile, input, workspace->rows, workspace->columns);
            rank_tile_sort(tile);
            rank_tile_walk(tile, output->pixels + y * nx + x, nx);
        }
        highpass_subtract(input, y, y + rows, output); /* while these rows are in the cache */
    }
    return 0;
}

const struct filter highpass_rank = {
    .name = "highpass-rank",
    .summary = "frame minus median, found in the sorted order of a tile (the fastest)",
    .bands = highpass_bands,
    .create = create,
    .apply = apply,
    .destroy = destroy,
};

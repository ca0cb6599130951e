/* SPDX-License-Identifier: GPL-3.0-or-later */
/* highpass-rank: the fastest exact median that we know of, by the method that suits the window.
 *
 *     rank.c          cuts the frame into tiles, and chooses the method (this file)
 *     network/        small windows: networks of comparators; start at network.h
 *     rank_tile.h     the others: sort a tile once, then find the median of each of its windows in
 *                     the sorted order; with a drawing
 *     rank_sort.c     sorts the input of a tile
 *     rank_walk.c     moves its windows
 *     rank_kernels.h  the innermost functions, in plain C and with vector instructions
 *
 * A tile's input is larger than its output by window - 1 rows and columns, which are sorted again
 * in the next tile, so tiles should be large; but a small input stays in the cache and has small
 * buckets.
 */
#include <stdlib.h>
#include <string.h>

#include "filters/filter.h"
#include "filters/median/highpass.h"
#include "filters/median/methods.h"
#include "filters/median/network/network.h"
#include "filters/median/rank_tile.h"
#include "filters/median/window.h"

/* Which method is the fastest, and on which tiles: measured, as `make bench-filters` does. `height`
 * and `side` are the most rows and columns of a tile's input.
 *
 * For walking, the smaller the window, the smaller the tile: it costs more halo, but there are
 * fewer buckets to walk through, and all stays in the nearest cache. Sides of 128, 181 and 255 are
 * those whose squares just fit into 256 buckets of 64, 128 and 256. In plain C, testing a group
 * takes longer than going on to another bucket, so buckets stay small for longer. Where so small a
 * tile would leave next to no output, coordinates are folded and buckets grow: its height and side
 * are 0.
 *
 * For networks, tiles are the largest that stay in the cache. */
#ifdef RANK_PLAIN_C
#define SIDES(vectors, plain) plain, plain
#else
#define SIDES(vectors, plain) vectors, vectors
#endif
static const struct choice {
    size_t window_most;
    enum median_method method;
    size_t height, side;
} choices[] = {
    {1, MEDIAN_WALK, 128, 128},
    {2, MEDIAN_NETWORK, 100, RANK_SIDE},
    {3, MEDIAN_NINE, 34, RANK_SIDE},
    {4, MEDIAN_NETWORK, 100, RANK_SIDE},
    {5, MEDIAN_FIVE, 36, RANK_SIDE},
    {8, MEDIAN_NETWORK, 100, RANK_SIDE},
    {20, MEDIAN_WALK, SIDES(80, 80)},
    {30, MEDIAN_WALK, SIDES(100, 100)},
    {56, MEDIAN_WALK, SIDES(160, 128)},
    {76, MEDIAN_WALK, SIDES(181, 181)},
    {90, MEDIAN_WALK, SIDES(221, 181)},
    {110, MEDIAN_WALK, SIDES(221, 221)},
    {119, MEDIAN_WALK, SIDES(RANK_SIDE, 221)},
    {128, MEDIAN_WALK, SIDES(RANK_SIDE, RANK_SIDE)},
    {RANK_SIDE_MOST - (RANK_FOLDED_MOST - 1), MEDIAN_WALK, 0, 0},
    {SIZE_MAX, MEDIAN_HISTOGRAM, 0, 0},
};
enum { CHOICES = sizeof choices / sizeof choices[0] };

struct workspace {
    const struct choice *choice;
    size_t height, width;   /* most rows and columns of output in a tile */
    struct rank_tile *tile; /* NULL for the histogram */
    size_t rows[RANK_SIDE_MOST], columns[RANK_SIDE_MOST]; /* of the image, for the tile's input */
    struct network_room *network;                         /* where that is the method, else NULL */
    void *histogram;                                      /* where that is the method, else NULL */
};

static void destroy(void *pointer)
{
    struct workspace *workspace = pointer;
    if (!workspace)
        return;
    network_room_destroy(workspace->network);
    highpass_histogram.destroy(workspace->histogram);
    free(workspace->tile);
    free(workspace);
}

/* The choice for a window; of those with `method`, unless that is MEDIAN_ANY. */
static const struct choice *choose(size_t window, enum median_method method)
{
    const struct choice *best = NULL;
    for (size_t i = 0; i < CHOICES; i++)
        if (method == MEDIAN_ANY || choices[i].method == method) {
            best = &choices[i];
            if (window <= best->window_most)
                break;
        }
    return best;
}

enum median_method median_method(size_t window)
{
    return choose(window, MEDIAN_ANY)->method;
}

/* Most rows and columns of output in a tile: as the choice has it, or as many as folded coordinates
 * have bytes for. */
static void set_sizes(struct workspace *workspace, size_t window)
{
    size_t height = workspace->choice->height, side = workspace->choice->side;
    workspace->height = height ? height - (window - 1) : RANK_FOLDED_MOST;
    workspace->width = side ? side - (window - 1) : RANK_FOLDED_MOST;
    if (workspace->network && workspace->width > network_columns(workspace->network))
        workspace->width = network_columns(workspace->network);
}

static void *create_for(enum median_method method, const struct filter_parameters *parameters,
                        struct error *error)
{
    size_t window = parameters->window;
    struct workspace *workspace = calloc(1, sizeof *workspace);
    if (!workspace) {
        error_set(error, "highpass-rank", "no memory for a window of %zu", window);
        return NULL;
    }
    workspace->choice = choose(window, method);
    if (workspace->choice->method == MEDIAN_HISTOGRAM) {
        workspace->histogram = highpass_histogram.create(parameters, error);
        if (workspace->histogram)
            return workspace;
        destroy(workspace);
        return NULL;
    }
    bool is_network = workspace->choice->method == MEDIAN_NETWORK;
    if (is_network)
        workspace->network = network_room_create(window, error);
    if (!is_network || workspace->network) {
        set_sizes(workspace, window);
        workspace->tile = rank_tile_create(window, workspace->height + window - 1,
                                           workspace->width + window - 1, error);
    }
    if (!workspace->tile) {
        destroy(workspace);
        return NULL;
    }
    return workspace;
}

static void *create(const struct filter_parameters *parameters, struct error *error)
{
    return create_for(MEDIAN_ANY, parameters, error);
}

static void *create_network(const struct filter_parameters *parameters, struct error *error)
{
    return create_for(MEDIAN_NETWORK, parameters, error);
}

static void *create_walk(const struct filter_parameters *parameters, struct error *error)
{
    return create_for(MEDIAN_WALK, parameters, error);
}

/* Rows (or columns) of output in a tile, at most `most`, where `length` are shared out
 * near-equally. */
static size_t tile_side(size_t most, size_t length)
{
    size_t tiles = (length + most - 1) / most;
    return (length + tiles - 1) / tiles;
}

/* The pixels at workspace->rows and ->columns. Most columns are neighbours in the image too, all but
 * those that are reflected, left and right of them. */
static void copy_input(struct workspace *workspace, const struct image *input)
{
    struct rank_tile *tile = workspace->tile;
    const size_t *columns = workspace->columns;
    size_t begin = 0, end = 1, run = 0;
    for (size_t x = 1; x <= tile->nx; x++) {
        if (x < tile->nx && columns[x] == columns[x - 1] + 1)
            continue;
        if (x - run > end - begin) {
            begin = run;
            end = x;
        }
        run = x;
    }
    for (size_t y = 0; y < tile->ny; y++) {
        const double *from = input->pixels + workspace->rows[y] * input->nx;
        double *to = tile->values + (y << tile->bits);
        for (size_t x = 0; x < begin; x++)
            to[x] = from[columns[x]];
        memcpy(to + begin, from + columns[begin], (end - begin) * sizeof *to);
        for (size_t x = end; x < tile->nx; x++)
            to[x] = from[columns[x]];
    }
}

/* The medians of columns x ... x + columns - 1 in the rows of a strip, by sorting. */
static void filter_tile(struct workspace *workspace, const struct image *input, size_t x,
                        size_t columns, double *medians)
{
    struct rank_tile *tile = workspace->tile;
    tile->nx = columns + tile->window - 1;
    window_reflect_table(workspace->columns, window_first(x, tile->window), tile->nx, input->nx);
    copy_input(workspace, input);
    rank_tile_sort(tile);
    if (workspace->network && tile->missing == 0) {
        network_medians(workspace->network, tile, medians + x, input->nx);
        return;
    }
    rank_tile_cut(tile);
    rank_tile_walk(tile, medians + x, input->nx);
}

/* The same by a network that needs no sorting, from the image itself unless that is reflected. */
static void filter_piece(struct workspace *workspace, const struct image *input, size_t x,
                         size_t columns, double *medians)
{
    struct rank_tile *tile = workspace->tile;
    const double *rows[RANK_SIDE];
    size_t window = tile->window, nx = columns + window - 1;
    bool inside = x >= window / 2 && x - window / 2 + nx <= input->nx;
    if (!inside) {
        tile->nx = nx;
        window_reflect_table(workspace->columns, window_first(x, window), nx, input->nx);
        copy_input(workspace, input);
    }
    for (size_t y = 0; y < tile->ny; y++)
        rows[y] = inside ? input->pixels + workspace->rows[y] * input->nx + x - window / 2
                         : tile->values + (y << tile->bits);
    (window == 3 ? network_nine : network_five)(rows, tile->ny, nx, medians + x, input->nx);
}

static bool has_missing(const struct workspace *workspace, const struct image *input)
{
    int64_t missing = 0; /* as wide as a value, so that the loop becomes vector instructions */
    for (size_t y = 0; y < workspace->tile->ny; y++) {
        const double *values = input->pixels + workspace->rows[y] * input->nx;
        for (size_t x = 0; x < input->nx; x++)
            missing |= values[x] != values[x];
    }
    return missing != 0;
}

/* The medians of as many rows as workspace->rows are for. */
static void filter_strip(struct workspace *workspace, const struct image *input, size_t width,
                         double *medians)
{
    enum median_method method = workspace->choice->method;
    size_t nx = input->nx, edge = workspace->tile->window / 2;
    if ((method == MEDIAN_NINE || method == MEDIAN_FIVE) && nx > 2 * edge &&
        !has_missing(workspace, input)) {
        filter_piece(workspace, input, 0, edge, medians);
        filter_piece(workspace, input, edge, nx - 2 * edge, medians);
        filter_piece(workspace, input, nx - edge, edge, medians);
        return;
    }
    for (size_t x = 0; x < nx; x += width)
        filter_tile(workspace, input, x, nx - x < width ? nx - x : width, medians);
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
    size_t window = workspace->tile->window, width = tile_side(workspace->width, input->nx);
    size_t height = tile_side(workspace->height, row_end - row_begin);
    for (size_t y = row_begin; y < row_end; y += height) {
        size_t rows = row_end - y < height ? row_end - y : height;
        workspace->tile->ny = rows + window - 1;
        window_reflect_table(workspace->rows, window_first(y, window), workspace->tile->ny,
                             input->ny);
        filter_strip(workspace, input, width, output->pixels + y * input->nx);
        highpass_subtract(input, y, y + rows, output); /* while these rows are in the cache */
    }
    return 0;
}

const struct filter highpass_rank = {
    .name = "highpass-rank",
    .summary = "frame minus median, by networks or in the sorted order of a tile (the fastest)",
    .bands = highpass_bands,
    .create = create,
    .apply = apply,
    .destroy = destroy,
};

const struct filter median_by_network = {
    .name = "network",
    .summary = "frame minus median, by networks only",
    .bands = highpass_bands,
    .create = create_network,
    .apply = apply,
    .destroy = destroy,
};

const struct filter median_by_walk = {
    .name = "walk",
    .summary = "frame minus median, in the sorted order of a tile only",
    .bands = highpass_bands,
    .create = create_walk,
    .apply = apply,
    .destroy = destroy,
};

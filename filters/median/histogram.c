/* SPDX-License-Identifier: GPL-3.0-or-later */
/* highpass-histogram: a window that slides over ranks (Huang, Yang and Tang, IEEE Trans. ASSP
 * 27(1), 1979, made exact for float64).
 *
 * The median depends on the order of the values only, so replace each value by its rank, its place
 * in the sorted order. Ranks are small integers: they can be counted. Going one pixel to the right,
 * the window loses one column and gains one; 2 * window counts change instead of window * window
 * values being selected from, and the new median is near the old one.
 *
 *     counts, one a rank      . 1 . . 2 | . . 1 . 1 | 1 . . 1 . | ...
 *     sums, one a block             3   |     2     |     2     | ...
 *                                         ^ block of the median; `below` counts all to the left
 *
 * Finding the value with index n/2 means walking `below` over a few blocks, then over the counts of
 * one. The frame is done in strips of rows, so that the counts stay in the cache.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "filters/filter.h"
#include "filters/median/highpass.h"
#include "filters/median/order_key.h"
#include "filters/median/window.h"

enum {
    BLOCK_BITS = 6,   /* ranks in a block: 64 */
    STRIP_ROWS = 128, /* of output: few enough for the counts to stay in the cache */
    DIGIT_BITS = 11,
    PASSES = 6 /* of digits, for all 64 bits of a key */
};
static const uint32_t MISSING = UINT32_MAX; /* the rank of NaN */

/* A value as an unsigned integer of the same order, and where in the strip it is. */
struct item {
    uint64_t key;
    uint32_t position;
};

struct workspace {
    size_t window;
    size_t *rows, *columns; /* window each: of the strip's input, of the image */
    size_t room;            /* pixels that the following have room for */
    struct item *items, *sorted;
    double *value_of; /* of a rank */
    uint32_t *ranks;  /* of a pixel, column by column: the window moves by columns */
    uint32_t *counts, *sums;
    /* The window as it is now. */
    size_t valid, block, below; /* pixels in it; block of the median; pixels in lower blocks */
};

static void free_strip(struct workspace *workspace)
{
    free(workspace->items);
    free(workspace->sorted);
    free(workspace->value_of);
    free(workspace->ranks);
    free(workspace->counts);
    free(workspace->sums);
    workspace->items = workspace->sorted = NULL;
    workspace->value_of = NULL;
    workspace->ranks = workspace->counts = workspace->sums = NULL;
    workspace->room = 0;
}

static void destroy(void *pointer)
{
    struct workspace *workspace = pointer;
    if (!workspace)
        return;
    free_strip(workspace);
    free(workspace->rows);
    free(workspace->columns);
    free(workspace);
}

static void *create(const struct filter_parameters *parameters, struct error *error)
{
    struct workspace *workspace = calloc(1, sizeof *workspace);
    if (workspace) {
        workspace->window = parameters->window;
        workspace->rows = calloc(parameters->window, sizeof *workspace->rows);
        workspace->columns = calloc(parameters->window, sizeof *workspace->columns);
    }
    if (!workspace || !workspace->rows || !workspace->columns) {
        error_set(error, "highpass-histogram", "no memory for a window of %zu", parameters->window);
        destroy(workspace);
        return NULL;
    }
    return workspace;
}

static int make_room(struct workspace *workspace, size_t pixels, struct error *error)
{
    if (pixels <= workspace->room)
        return 0;
    free_strip(workspace);
    workspace->items = calloc(pixels, sizeof *workspace->items);
    workspace->sorted = calloc(pixels, sizeof *workspace->sorted);
    workspace->value_of = calloc(pixels, sizeof *workspace->value_of);
    workspace->ranks = calloc(pixels, sizeof *workspace->ranks);
    workspace->counts = calloc(pixels + (1 << BLOCK_BITS), sizeof *workspace->counts);
    workspace->sums = calloc((pixels >> BLOCK_BITS) + 2, sizeof *workspace->sums);
    if (!workspace->items || !workspace->sorted || !workspace->value_of || !workspace->ranks ||
        !workspace->counts || !workspace->sums) {
        free_strip(workspace);
        return error_set(error, "highpass-histogram", "no memory for %zu pixels", pixels);
    }
    workspace->room = pixels;
    return 0;
}

/* Sorts by key, the lowest digit first; each pass keeps the order of the one before. The result is
 * in `items` again, as the number of passes is even. */
static void radix_sort(struct item *items, struct item *other, size_t count)
{
    for (int digit = 0; digit < PASSES; digit++) {
        size_t start[(1 << DIGIT_BITS) + 1] = {0};
        int shift = digit * DIGIT_BITS;
        uint64_t mask = (1 << DIGIT_BITS) - 1;
        for (size_t i = 0; i < count; i++)
            start[(items[i].key >> shift & mask) + 1]++;
        for (size_t i = 0; i < 1 << DIGIT_BITS; i++)
            start[i + 1] += start[i];
        for (size_t i = 0; i < count; i++)
            other[start[items[i].key >> shift & mask]++] = items[i];
        struct item *swapped = items;
        items = other;
        other = swapped;
    }
}

/* Ranks all pixels of `rows` rows of the image from row `first` on. */
static void rank_pixels(struct workspace *workspace, const struct image *image, size_t first,
                        size_t rows)
{
    size_t count = 0;
    for (size_t x = 0; x < image->nx; x++)
        for (size_t y = 0; y < rows; y++) {
            double value = image->pixels[(first + y) * image->nx + x];
            uint32_t position = (uint32_t)(x * rows + y);
            workspace->ranks[position] = MISSING;
            if (!isnan(value))
                workspace->items[count++] = (struct item){order_key(value), position};
        }
    radix_sort(workspace->items, workspace->sorted, count);
    for (size_t rank = 0; rank < count; rank++) {
        uint32_t position = workspace->items[rank].position;
        workspace->ranks[position] = (uint32_t)rank;
        workspace->value_of[rank] =
            image->pixels[(first + position % rows) * image->nx + position / rows];
    }
}

/* Adds (change = 1) or removes (-1) column x of the image, as far as it lies in the window. */
static void change_column(struct workspace *workspace, size_t x, size_t rows, int change)
{
    const uint32_t *column = workspace->ranks + x * rows;
    uint32_t step = (uint32_t)change; /* -1 wraps round, and so does the sum */
    for (size_t i = 0; i < workspace->window; i++) {
        uint32_t rank = column[workspace->rows[i]];
        if (rank == MISSING)
            continue;
        size_t block = rank >> BLOCK_BITS;
        workspace->counts[rank] += step;
        workspace->sums[block] += step;
        workspace->valid += (size_t)change;
        if (block < workspace->block)
            workspace->below += (size_t)change;
    }
}

static double find_median(struct workspace *workspace)
{
    size_t wanted = workspace->valid / 2, block = workspace->block, below = workspace->below;
    if (workspace->valid == 0)
        return (double)NAN;
    while (below > wanted)
        below -= workspace->sums[--block];
    while (below + workspace->sums[block] <= wanted)
        below += workspace->sums[block++];
    workspace->block = block;
    workspace->below = below;
    size_t rank = block << BLOCK_BITS;
    while (below + workspace->counts[rank] <= wanted)
        below += workspace->counts[rank++];
    return workspace->value_of[rank];
}

/* One row of medians. The window starts empty and is left empty, so nothing has to be cleared. */
static void filter_row(struct workspace *workspace, size_t nx, size_t rows, double *medians)
{
    size_t window = workspace->window;
    window_reflect_table(workspace->columns, window_first(0, window), window, nx);
    for (size_t i = 0; i < window; i++)
        change_column(workspace, workspace->columns[i], rows, 1);
    for (size_t x = 0;; x++) {
        medians[x] = find_median(workspace);
        if (x + 1 == nx)
            break;
        ptrdiff_t leaving = window_first(x, window);
        change_column(workspace, window_reflect(leaving, nx), rows, -1);
        change_column(workspace, window_reflect(leaving + (ptrdiff_t)window, nx), rows, 1);
    }
    window_reflect_table(workspace->columns, window_first(nx - 1, window), window, nx);
    for (size_t i = 0; i < window; i++)
        change_column(workspace, workspace->columns[i], rows, -1);
    workspace->block = workspace->below = 0;
}

static int filter_strip(struct workspace *workspace, const struct image *input, size_t row_begin,
                        size_t row_end, struct image *output, struct error *error)
{
    size_t window = workspace->window, first = input->ny, last = 0;
    /* The rows of the image that the windows of the strip reach, wherever they are reflected to. */
    for (ptrdiff_t y = window_first(row_begin, window);
         y < window_first(row_end, window) + (ptrdiff_t)window - 1; y++) {
        size_t row = window_reflect(y, input->ny);
        first = row < first ? row : first;
        last = row > last ? row : last;
    }
    size_t rows = last - first + 1;
    if (make_room(workspace, rows * input->nx, error) != 0)
        return -1;
    rank_pixels(workspace, input, first, rows);
    for (size_t y = row_begin; y < row_end; y++) {
        window_reflect_table(workspace->rows, window_first(y, window), window, input->ny);
        for (size_t i = 0; i < window; i++)
            workspace->rows[i] -= first;
        filter_row(workspace, input->nx, rows, output->pixels + y * input->nx);
    }
    return 0;
}

static int apply(void *pointer, const struct image *input, size_t row_begin, size_t row_end,
                 struct image *output, struct error *error)
{
    for (size_t row = row_begin; row < row_end; row += STRIP_ROWS) {
        size_t end = row + STRIP_ROWS < row_end ? row + STRIP_ROWS : row_end;
        if (filter_strip(pointer, input, row, end, output, error) != 0)
            return -1;
    }
    highpass_subtract(input, row_begin, row_end, output);
    return 0;
}

const struct filter highpass_histogram = {
    .name = "highpass-histogram",
    .summary = "frame minus median, by a window that slides over ranks",
    .bands = highpass_bands,
    .create = create,
    .apply = apply,
    .destroy = destroy,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* highpass-select: a selection in every window, the way the textbook has it and SciPy does it.
 *
 * Copy the window, select the middle value, go on to the next pixel. Nothing is carried from one
 * pixel to the next although two neighbouring windows share all but one column, so each pixel costs
 * about window * window steps: read this one first, then see what highpass-histogram saves.
 */
#include <math.h>
#include <stdlib.h>

#include "filters/filter.h"
#include "filters/median/highpass.h"
#include "filters/median/window.h"

struct workspace {
    size_t window;
    double *values;         /* window * window: the valid pixels of one window */
    size_t *rows, *columns; /* window each: where the window's rows and columns are in the image */
};

static void destroy(void *pointer)
{
    struct workspace *workspace = pointer;
    if (!workspace)
        return;
    free(workspace->values);
    free(workspace->rows);
    free(workspace->columns);
    free(workspace);
}

static void *create(const struct filter_parameters *parameters, struct error *error)
{
    size_t window = parameters->window;
    struct workspace *workspace = calloc(1, sizeof *workspace);
    if (workspace) {
        workspace->window = window;
        workspace->values = malloc(image_bytes(window, window));
        workspace->rows = calloc(window, sizeof *workspace->rows);
        workspace->columns = calloc(window, sizeof *workspace->columns);
    }
    if (!workspace || !workspace->values || !workspace->rows || !workspace->columns) {
        error_set(error, "highpass-select", "no memory for a window of %zu x %zu", window, window);
        destroy(workspace);
        return NULL;
    }
    return workspace;
}

/* The value with index k in ascending order; reorders `values`. Hoare's FIND (CACM 4(7), 1961):
 * part the values around a pivot, then look only into the part that holds index k. */
static double select_value(double *values, size_t count, size_t k)
{
    size_t low = 0, high = count - 1;
    while (low < high) {
        double pivot = values[low + (high - low) / 2];
        size_t i = low, j = high;
        for (;;) {
            while (values[i] < pivot)
                i++;
            while (pivot < values[j])
                j--;
            if (i >= j)
                break;
            double swapped = values[i];
            values[i++] = values[j];
            values[j--] = swapped;
        }
        /* Now low..i-1 <= pivot <= j+1..high; i and j have met (i == j) or just crossed. */
        if (i == j) {
            if (k == i)
                return pivot;
            i++;
            j--;
        }
        if (k < i)
            high = i - 1;
        else
            low = i;
    }
    return values[low];
}

static double median_of_window(struct workspace *workspace, const struct image *input)
{
    size_t valid = 0;
    for (size_t i = 0; i < workspace->window; i++) {
        const double *row = input->pixels + workspace->rows[i] * input->nx;
        for (size_t j = 0; j < workspace->window; j++) {
            double value = row[workspace->columns[j]];
            if (!isnan(value))
                workspace->values[valid++] = value;
        }
    }
    return valid ? select_value(workspace->values, valid, valid / 2) : (double)NAN;
}

static int apply(void *pointer, const struct image *input, size_t row_begin, size_t row_end,
                 struct image *output, struct error *error)
{
    struct workspace *workspace = pointer;
    size_t window = workspace->window;
    (void)error;
    for (size_t y = row_begin; y < row_end; y++) {
        window_reflect_table(workspace->rows, window_first(y, window), window, input->ny);
        for (size_t x = 0; x < input->nx; x++) {
            window_reflect_table(workspace->columns, window_first(x, window), window, input->nx);
            output->pixels[y * input->nx + x] = median_of_window(workspace, input);
        }
    }
    highpass_subtract(input, row_begin, row_end, output);
    return 0;
}

const struct filter highpass_select = {
    .name = "highpass-select",
    .summary = "frame minus median, by a selection in every window (the textbook way)",
    .bands = highpass_bands,
    .create = create,
    .apply = apply,
    .destroy = destroy,
};

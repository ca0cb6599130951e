/* SPDX-License-Identifier: GPL-3.0-or-later */
/* smooth-blas: frame minus a Gaussian smoothing of it, as two matrix products.
 *
 * A high-pass like that of the median, but linear, and so it can be had from BLAS. Smoothing along
 * the columns of the frame F is a product with a matrix G_y from the left, along its rows one with
 * G_x^T from the right:
 *
 *     result = F - G_y F G_x^T
 *
 *              i - radius    i    i + radius
 *     row i of G:  0 ... 0  . : | : .  0 ... 0      the Gaussian around i; what reaches over an
 *                                                   edge is folded back (window.h), and added
 *
 * As scipy.ndimage.gaussian_filter(frame, sigma) with its defaults (mode='reflect', truncate=4),
 * for sigma = window / 4, so that the Gaussian ends about where two median windows would. Most of G
 * is zero, and a product takes no notice: a convolution along rows and columns would need far fewer
 * operations. But products are what BLAS is tuned for, and what its threads are for.
 *
 * A product has no missing values: a NaN, or an infinity, would spread over the whole image. So
 * there such a pixel is an error.
 */
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "filters/filter.h"
#include "filters/matrix/smooth.h"
#include "filters/median/highpass.h"
#include "filters/median/window.h"
#include "harness/base/cblas.h"

static const char NAME[] = "smooth-blas";

/* A smoothing matrix: n x n. */
struct smoothing {
    size_t n;
    double *g;
};

struct workspace {
    struct cblas cblas;
    double sigma;
    struct smoothing columns, rows; /* G_y, G_x: of the size of the last frame */
    double *product;                /* G_y F, of the rows of a task */
    size_t product_size;            /* doubles that it has room for */
};

static void destroy(void *pointer)
{
    struct workspace *workspace = pointer;
    if (!workspace)
        return;
    cblas_let_go(&workspace->cblas);
    free(workspace->columns.g);
    free(workspace->rows.g);
    free(workspace->product);
    free(workspace);
}

static void *create(const struct filter_parameters *parameters, struct error *error)
{
    struct workspace *workspace = calloc(1, sizeof *workspace);
    if (!workspace) {
        error_set(error, NAME, "no memory");
        return NULL;
    }
    if (cblas_load(&workspace->cblas, error) != 0) {
        free(workspace);
        return NULL;
    }
    workspace->sigma = smooth_sigma(parameters->window);
    return workspace;
}

double smooth_sigma(size_t window)
{
    return (double)window / 4;
}

/* Makes the matrix for n pixels, unless it is that already. */
static int prepare(struct smoothing *smoothing, size_t n, double sigma)
{
    const double TRUNCATE = 4;
    ptrdiff_t radius = (ptrdiff_t)(TRUNCATE * sigma + 0.5);
    size_t count = 2 * (size_t)radius + 1;
    if (smoothing->n == n)
        return 0;
    free(smoothing->g);
    *smoothing = (struct smoothing){.g = calloc(n * n, sizeof(double))};
    double *weights = calloc(count, sizeof *weights), sum = 0;
    if (!smoothing->g || !weights) {
        free(weights);
        return -1;
    }
    for (size_t k = 0; k < count; k++) {
        double distance = ((double)k - (double)radius) / sigma;
        weights[k] = exp(-0.5 * distance * distance);
        sum += weights[k];
    }
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < count; k++) {
            size_t from = window_reflect((ptrdiff_t)i - radius + (ptrdiff_t)k, n);
            smoothing->g[i * n + from] += weights[k] / sum;
        }
    free(weights);
    smoothing->n = n;
    return 0;
}

static int make_room(struct workspace *workspace, const struct image *input, size_t rows)
{
    if (prepare(&workspace->columns, input->ny, workspace->sigma) != 0 ||
        prepare(&workspace->rows, input->nx, workspace->sigma) != 0)
        return -1;
    if (workspace->product_size < rows * input->nx) {
        free(workspace->product);
        workspace->product = malloc(rows * input->nx * sizeof(double));
        workspace->product_size = workspace->product ? rows * input->nx : 0;
    }
    return workspace->product ? 0 : -1;
}

static int check(const struct image *input, struct error *error)
{
    if (input->ny > INT_MAX || input->nx > INT_MAX)
        return error_set(error, NAME, "an image of %zu x %zu is too large for BLAS", input->ny,
                         input->nx);
    for (size_t i = 0; i < input->ny * input->nx; i++)
        if (!isfinite(input->pixels[i]))
            return error_set(error, NAME,
                             "pixel (%zu, %zu) is missing or infinite, which a matrix product "
                             "would spread over the image; highpass can skip it",
                             i / input->nx, i % input->nx);
    return 0;
}

static int apply(void *pointer, const struct image *input, size_t row_begin, size_t row_end,
                 struct image *output, struct error *error)
{
    struct workspace *workspace = pointer;
    size_t rows = row_end - row_begin, ny = input->ny, nx = input->nx;
    double *smooth = output->pixels + row_begin * nx;
    if (rows == 0)
        return 0;
    if (check(input, error) != 0)
        return -1;
    if (make_room(workspace, input, rows) != 0)
        return error_set(error, NAME, "no memory to smooth an image of %zu x %zu", ny, nx);
    workspace->cblas.dgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, (int)rows, (int)nx, (int)ny,
                           1, workspace->columns.g + row_begin * ny, (int)ny, input->pixels,
                           (int)nx, 0, workspace->product, (int)nx);
    workspace->cblas.dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, (int)rows, (int)nx, (int)nx, 1,
                           workspace->product, (int)nx, workspace->rows.g, (int)nx, 0, smooth,
                           (int)nx);
    highpass_subtract(input, row_begin, row_end, output);
    return 0;
}

/* Two products, and the difference. */
static double operations(size_t ny, size_t nx, size_t rows)
{
    return (double)rows * (double)nx * (2.0 * (double)ny + 2.0 * (double)nx + 1.0);
}

/* Relative to the input: where it is smooth, the result is a small difference of large numbers. */
static double tolerance(const struct image *input, const struct image *expected)
{
    (void)expected;
    return 1e-12 * image_largest(input);
}

const struct filter smooth_blas = {
    .name = "smooth-blas",
    .summary = "frame minus a Gaussian smoothing (sigma: window / 4), two products by BLAS",
    .bands = highpass_bands,
    .operations = operations,
    .uses_blas = true,
    .tolerance = tolerance,
    .create = create,
    .apply = apply,
    .destroy = destroy,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filters/matrix/dot.h"

#include <limits.h>
#include <stdlib.h>

#include "harness/base/cblas.h"

enum { BANDS = 10 };

void dot_output_shape(size_t ny, size_t nx, size_t *output_ny, size_t *output_nx)
{
    (void)nx;
    *output_ny = *output_nx = ny;
}

size_t dot_bands(size_t ny)
{
    return ny < BANDS ? ny : BANDS;
}

double dot_operations(size_t ny, size_t nx, size_t rows)
{
    return 2.0 * (double)rows * (double)ny * (double)nx;
}

/* SYRK where the rows are the whole matrix: the diagonal and one half. */
static double dot_best_operations(size_t ny, size_t nx, size_t rows)
{
    return rows == ny ? (double)ny * (double)(ny + 1) * (double)nx : dot_operations(ny, nx, rows);
}

/* Rounding errors grow with nx; this is far above them, and far below any wrong element. */
static double tolerance(const struct image *input, const struct image *expected)
{
    (void)input;
    return 1e-12 * image_largest(expected);
}

int dot_check(const char *name, const struct image *input, struct error *error)
{
    if (input->ny <= INT_MAX && input->nx <= INT_MAX)
        return 0;
    return error_set(error, name, "a matrix of %zu x %zu is too large for BLAS", input->ny,
                     input->nx);
}

/* A workspace must not be NULL, and nothing is ever written to this one. */
static const char nothing;

void *dot_create(const struct filter_parameters *parameters, struct error *error)
{
    (void)parameters;
    (void)error;
    return (void *)&nothing;
}

void dot_destroy(void *workspace)
{
    (void)workspace;
}

/* BLAS has filled the diagonal and what is above it. Copied in square blocks: a column read from
 * top to bottom would take a cache line for each element. */
static void copy_upper_to_lower(struct image *matrix)
{
    enum { SIDE = 32 };
    size_t n = matrix->ny;
    double *c = matrix->pixels;
    for (size_t i0 = 0; i0 < n; i0 += SIDE)
        for (size_t j0 = 0; j0 <= i0; j0 += SIDE)
            for (size_t i = i0; i < i0 + SIDE && i < n; i++)
                for (size_t j = j0; j < j0 + SIDE && j < i; j++)
                    c[i * n + j] = c[j * n + i];
}

/* The workspace of a filter that goes through BLAS: the library. */
static void *create_blas(const struct filter_parameters *parameters, struct error *error)
{
    struct cblas *cblas = calloc(1, sizeof *cblas);
    (void)parameters;
    if (!cblas) {
        error_set(error, "dot", "no memory");
    } else if (cblas_load(cblas, error) != 0) {
        free(cblas);
        cblas = NULL;
    }
    return cblas;
}

static void destroy_blas(void *workspace)
{
    if (workspace)
        cblas_let_go(workspace);
    free(workspace);
}

static void by_syrk(const struct cblas *cblas, const struct image *a, struct image *c)
{
    int n = (int)a->ny, k = (int)a->nx;
    cblas->dsyrk(CblasRowMajor, CblasUpper, CblasNoTrans, n, k, 1, a->pixels, k, 0, c->pixels, n);
    copy_upper_to_lower(c);
}

static void by_gemm(const struct cblas *cblas, const struct image *a, size_t row_begin,
                    size_t row_end, struct image *c)
{
    int rows = (int)(row_end - row_begin), n = (int)a->ny, k = (int)a->nx;
    cblas->dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, rows, n, k, 1,
                 a->pixels + row_begin * a->nx, k, a->pixels, k, 0, c->pixels + row_begin * c->nx,
                 n);
}

static int apply(void *workspace, const struct image *input, size_t row_begin, size_t row_end,
                 struct image *output, struct error *error)
{
    if (dot_check("dot", input, error) != 0)
        return -1;
    if (row_begin == 0 && row_end == input->ny)
        by_syrk(workspace, input, output);
    else if (row_begin < row_end)
        by_gemm(workspace, input, row_begin, row_end, output);
    return 0;
}

static int apply_gemm(void *workspace, const struct image *input, size_t row_begin, size_t row_end,
                      struct image *output, struct error *error)
{
    if (dot_check("dot-gemm", input, error) != 0)
        return -1;
    if (row_begin < row_end)
        by_gemm(workspace, input, row_begin, row_end, output);
    return 0;
}

const struct filter dot_filter = {
    .name = "dot",
    .summary = "matrix times its transpose by BLAS: SYRK (half the work), in bands GEMM",
    .bands = dot_bands,
    .prefers_bands = true,
    .output_shape = dot_output_shape,
    .operations = dot_best_operations,
    .uses_blas = true,
    .tolerance = tolerance,
    .create = create_blas,
    .apply = apply,
    .destroy = destroy_blas,
};

const struct filter dot_gemm = {
    .name = "dot-gemm",
    .summary = "the same by BLAS, always GEMM (all of the work)",
    .bands = dot_bands,
    .prefers_bands = true,
    .output_shape = dot_output_shape,
    .operations = dot_operations,
    .uses_blas = true,
    .tolerance = tolerance,
    .create = create_blas,
    .apply = apply_gemm,
    .destroy = destroy_blas,
};

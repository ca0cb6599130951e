/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A matrix times its own transpose, `mat.dot(mat.T)` in NumPy: the product that every lesson on
 * BLAS threads times. The frame is the matrix A, of ny x nx; the output is A A^T, of ny x ny:
 *
 *                               nx
 *                           +---------+
 *     C[i][j] = sum over k  | row i   |  A[i][k] * A[j][k]        i, j = 0 ... ny-1
 *                           | row j   |
 *                           +---------+
 *
 * C is symmetric, so half of it is enough to know it all:
 *
 *     dot          through BLAS. A whole matrix by SYRK (symmetric rank-k update), which computes
 *                  one half, as NumPy does; the other half is copied. A band of rows is no symmetric
 *                  matrix, so it takes GEMM, and twice the operations: cutting the work into pieces
 *                  has a price here.
 *     dot-gemm     through BLAS, always by GEMM (general matrix product): all of C is computed.
 *     dot-loops    plain C, three loops, as the formula stands above.
 *     dot-blocked  plain C, in blocks that fit the caches and the registers (dot_blocked.c).
 *
 * The last two are there to show what a tuned BLAS buys. All agree to about 1e-15 * nx relative to
 * the largest element; they add in different orders.
 *
 * References: Dongarra, Du Croz, Duff, Hammarling, "A set of level 3 basic linear algebra
 * subprograms", ACM TOMS 16(1), 1990; Goto and van de Geijn, "Anatomy of high-performance matrix
 * multiplication", ACM TOMS 34(3), 2008. */
#ifndef FILTERS_MATRIX_DOT_H
#define FILTERS_MATRIX_DOT_H

#include <stddef.h>

#include "filters/filter.h"

/* Shape of the output, for struct filter. */
void dot_output_shape(size_t ny, size_t nx, size_t *output_ny, size_t *output_nx);

/* Ten bands, as the lesson's pool example has it, or as many as there are rows. */
size_t dot_bands(size_t ny);

/* Operations of `rows` rows by GEMM: one multiplication and one addition for each i, j and k. */
double dot_operations(size_t ny, size_t nx, size_t rows);

/* 0, or -1 with *error set where ny or nx is more than BLAS can count (an int). */
int dot_check(const char *name, const struct image *input, struct error *error);

/* For filters that need no workspace: one that is empty, and its end. */
void *dot_create(const struct filter_parameters *parameters, struct error *error);
void dot_destroy(void *workspace);

extern const struct filter dot_filter, dot_gemm, dot_loops, dot_blocked;

#endif

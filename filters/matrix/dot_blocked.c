/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dot-blocked: the loops of dot_loops.c in another order, plain C still.
 *
 * Three changes (`make bench-dot` measures what they are worth together):
 *
 *   - Many sums at a time. A tile of ROWS x COLUMNS elements of C is computed together, in local
 *     variables that the compiler keeps in vector registers: that many additions are under way at
 *     once, and each value that is loaded takes part in several products.
 *   - The innermost loop runs over j, across the tile, so the compiler can make vector operations
 *     of it without reordering any sum. For that the rows j are first copied, transposed, into a
 *     panel in which what belongs to one k lies together.
 *   - Blocks of DEPTH values of k, so that a panel stays in the first cache while all rows i pass.
 *
 *          k ->                       j ->                     j ->
 *       +--------+                 +--------+               +--------+
 *     i |  rows  |    times      k | panel  |    added to i |  tile  |
 *       +--------+                 +--------+               +--------+
 *
 * A tuned BLAS does the same, with kernels in assembler, and blocks for the second and third cache
 * too. This file alone is compiled with multiply and add fused into one operation where the
 * processor has it (-ffp-contract=fast), as a BLAS uses it.
 *
 * Every sum runs over k in the same order, and every tile takes the same instructions, also at the
 * edges, where rows are repeated and not stored: so bands are bit for bit the whole.
 */
#include <stdlib.h>
#include <string.h>

#include "filters/matrix/dot.h"

/* With vectors of 8 doubles a tile takes 24 of the 32 registers of AVX-512. A panel is 32 KiB. */
enum { ROWS = 6, COLUMNS = 32, DEPTH = 128 };

struct workspace {
    double panel[DEPTH * COLUMNS]; /* [k][j] */
};

static void *create(const struct filter_parameters *parameters, struct error *error)
{
    (void)parameters;
    struct workspace *workspace = malloc(sizeof *workspace);
    if (!workspace)
        error_set(error, "dot-blocked", "no memory");
    return workspace;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Rows j0 ... of A, transposed; beyond the last row the panel repeats it. */
static void fill_panel(double *panel, const struct image *a, size_t j0, size_t k0, size_t depth)
{
    for (size_t j = 0; j < COLUMNS; j++) {
        const double *row = a->pixels + smaller(j0 + j, a->ny - 1) * a->nx + k0;
        for (size_t k = 0; k < depth; k++)
            panel[k * COLUMNS + j] = row[k];
    }
}

/* sums = rows times panel; the heart of it all. */
static void multiply_tile(double sums[ROWS][COLUMNS], const double *const rows[ROWS],
                          const double *panel, size_t depth)
{
    double local[ROWS][COLUMNS] = {{0}};
    for (size_t k = 0; k < depth; k++)
        for (size_t i = 0; i < ROWS; i++)
            for (size_t j = 0; j < COLUMNS; j++)
                local[i][j] += rows[i][k] * panel[k * COLUMNS + j];
    memcpy(sums, local, sizeof local);
}

/* Adds (the first time: stores) what the panel contributes to rows row_begin <= i < row_end. */
static void multiply_panel(const struct image *a, const double *panel, size_t j0, size_t k0,
                           size_t depth, size_t row_begin, size_t row_end, struct image *c)
{
    size_t columns = smaller(COLUMNS, a->ny - j0);
    double sums[ROWS][COLUMNS];
    for (size_t i0 = row_begin; i0 < row_end; i0 += ROWS) {
        const double *rows[ROWS];
        for (size_t i = 0; i < ROWS; i++)
            rows[i] = a->pixels + smaller(i0 + i, row_end - 1) * a->nx + k0;
        multiply_tile(sums, rows, panel, depth);
        for (size_t i = 0; i < ROWS && i0 + i < row_end; i++) {
            double *out = c->pixels + (i0 + i) * c->nx + j0;
            for (size_t j = 0; j < columns; j++)
                out[j] = k0 == 0 ? sums[i][j] : out[j] + sums[i][j];
        }
    }
}

static int apply(void *pointer, const struct image *input, size_t row_begin, size_t row_end,
                 struct image *output, struct error *error)
{
    struct workspace *workspace = pointer;
    (void)error;
    for (size_t j0 = 0; j0 < input->ny; j0 += COLUMNS)
        for (size_t k0 = 0; k0 < input->nx; k0 += DEPTH) {
            size_t depth = smaller(DEPTH, input->nx - k0);
            fill_panel(workspace->panel, input, j0, k0, depth);
            multiply_panel(input, workspace->panel, j0, k0, depth, row_begin, row_end, output);
        }
    return 0;
}

const struct filter dot_blocked = {
    .name = "dot-blocked",
    .summary = "the same in plain C: in blocks, vectorised by the compiler",
    .bands = dot_bands,
    .prefers_bands = true,
    .output_shape = dot_output_shape,
    .operations = dot_operations,
    .create = create,
    .apply = apply,
    .destroy = free,
};

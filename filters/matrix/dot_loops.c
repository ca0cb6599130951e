/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dot-loops: the formula of dot.h, written down. A tuned BLAS is some 20 times faster on one core
 * (`make bench-dot` measures it); dot_blocked.c shows why.
 */
#include "filters/matrix/dot.h"

static int apply(void *workspace, const struct image *input, size_t row_begin, size_t row_end,
                 struct image *output, struct error *error)
{
    (void)workspace;
    (void)error;
    size_t ny = input->ny, nx = input->nx;
    for (size_t i = row_begin; i < row_end; i++)
        for (size_t j = 0; j < ny; j++) {
            /* One sum, one addition after the other: each waits for the one before, and the
             * compiler may not reorder them, because that would change the rounding. */
            double sum = 0;
            for (size_t k = 0; k < nx; k++)
                sum += input->pixels[i * nx + k] * input->pixels[j * nx + k];
            output->pixels[i * ny + j] = sum;
        }
    return 0;
}

const struct filter dot_loops = {
    .name = "dot-loops",
    .summary = "the same in plain C: three loops",
    .bands = dot_bands,
    .prefers_bands = true,
    .output_shape = dot_output_shape,
    .operations = dot_operations,
    .create = dot_create,
    .apply = apply,
    .destroy = dot_destroy,
};

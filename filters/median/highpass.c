/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filters/median/highpass.h"

#include <math.h>

void highpass_subtract(const struct image *input, size_t row_begin, size_t row_end,
                       struct image *output)
{
    size_t end = row_end * input->nx;
    for (size_t i = row_begin * input->nx; i < end; i++) {
        double median = output->pixels[i] + 0.0; /* -0 becomes +0 */
        double difference = input->pixels[i] - median;
        output->pixels[i] = isnan(difference) ? (double)NAN : difference;
    }
}

size_t highpass_bands(size_t ny)
{
    enum { ROWS_AT_MOST = 128 };
    return (ny + ROWS_AT_MOST - 1) / ROWS_AT_MOST;
}

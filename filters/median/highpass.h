/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The high-pass filter of the activity: frame minus its background. One definition for all. */
#ifndef FILTERS_MEDIAN_HIGHPASS_H
#define FILTERS_MEDIAN_HIGHPASS_H

#include <stddef.h>

#include "generator/image.h"

/* output = input - background for rows row_begin <= y < row_end, where `output` holds the
 * background (the median, for most filters) of these rows on entry. NaN where either is NaN, always
 * the same NaN and with a background of -0 taken as +0, so that engines which pick different ones
 * of equal values still agree bit for bit. */
void highpass_subtract(const struct image *input, size_t row_begin, size_t row_end,
                       struct image *output);

/* The number of bands: each has at most 128 rows. */
size_t highpass_bands(size_t ny);

extern const struct filter highpass_select;
extern const struct filter highpass_histogram;
extern const struct filter highpass_rank;

#endif

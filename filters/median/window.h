/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Geometry of the median window, the same for every engine.
 *
 * As in scipy.ndimage.median_filter with its defaults: the window of output pixel i covers, on each
 * axis, the `window` positions
 *
 *     i - window/2 ... i - window/2 + window - 1          (integer division)
 *
 * so an even window reaches one further to the left than to the right. Positions outside the image
 * are reflected about the edge of the edge pixel, as often as needed (SciPy's mode='reflect',
 * NumPy's mode='symmetric'):
 *
 *     d c b a | a b c d | d c b a
 *
 * Of the n values in the window that are not NaN, in ascending order, the median is the one with
 * index n/2; with none, it is NaN.
 */
#ifndef FILTERS_MEDIAN_WINDOW_H
#define FILTERS_MEDIAN_WINDOW_H

#include <stddef.h>

/* The position inside 0 ... n-1 that `position` (any integer) is reflected to; n >= 1. */
size_t window_reflect(ptrdiff_t position, size_t n);

/* First position that the window of output pixel i covers; may be negative. */
static inline ptrdiff_t window_first(size_t i, size_t window)
{
    return (ptrdiff_t)i - (ptrdiff_t)(window / 2);
}

/* Fills table[k] = window_reflect(first + k, n) for k = 0 ... count-1: the row (or column) of the
 * image that each row of a padded copy comes from. */
void window_reflect_table(size_t *table, ptrdiff_t first, size_t count, size_t n);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The median of nine, for a window of 3: a network small enough to be written out.
 *
 *     columns sorted         the median of all nine is the median of
 *
 *     low    a  b  c         the highest of the lows,
 *     middle d  e  f         the median of the middles,
 *     high   g  h  i         and the lowest of the highs
 *
 * for five of the nine are as low as any value below these, and five as high as any above. Each
 * column is in three windows, but sorted once. All loops go along a row without a branch, and so
 * become vector instructions: a few at a time for eight pixels (Paeth, "Median finding on a 3x3
 * grid", Graphics Gems, 1990).
 */
#include "filters/median/network/network.h"

static inline double lower(double a, double b)
{
    return a < b ? a : b;
}

static inline double higher(double a, double b)
{
    return a > b ? a : b;
}

static inline double median_of_3(double a, double b, double c)
{
    return higher(lower(a, b), lower(higher(a, b), c));
}

/* Of a row at a time: its columns, sorted, stay in the nearest cache. */
enum { COLUMNS = 256 };

static void filter_row(const double *restrict above, const double *restrict row,
                       const double *restrict below, size_t columns, double *restrict medians)
{
    double low[COLUMNS + 2], middle[COLUMNS + 2], high[COLUMNS + 2];
    for (size_t x = 0; x < columns + 2; x++) {
        double a = lower(above[x], row[x]), b = higher(above[x], row[x]), c = below[x];
        low[x] = lower(a, c);
        middle[x] = higher(a, lower(b, c));
        high[x] = higher(b, c);
    }
    for (size_t x = 0; x < columns; x++)
        medians[x] = median_of_3(higher(higher(low[x], low[x + 1]), low[x + 2]),
                                 median_of_3(middle[x], middle[x + 1], middle[x + 2]),
                                 lower(lower(high[x], high[x + 1]), high[x + 2]));
}

void network_nine(const double *const *rows, size_t ny, size_t nx, double *medians, size_t stride)
{
    for (size_t y = 0; y + 2 < ny; y++)
        for (size_t x = 0; x + 2 < nx; x += COLUMNS) {
            size_t columns = nx - 2 - x < COLUMNS ? nx - 2 - x : COLUMNS;
            filter_row(rows[y] + x, rows[y + 1] + x, rows[y + 2] + x, columns,
                       medians + y * stride + x);
        }
}

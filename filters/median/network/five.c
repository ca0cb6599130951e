/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The median of 25, for a window of 5: as in nine.c, but columns are merged, two and two.
 *
 *     column     x   x+1   x+2   x+3   x+4
 *                 \ /         \ /       |     each sorted, 5 values
 *                pair x     pair x+2    |     10 values in order
 *                     \     /           |
 *                      middle           |     of 20, the six from index 7 on: with five more values
 *                           \          /      to come, no other can be the one with index 12
 *                            the median
 *
 * Columns and pairs are kept for the neighbours, who need them too. The lists of comparators are
 * Batcher's ("Sorting networks and their applications", 1968). Each sorts its wires, the least to
 * wire 0, if the sorted lists that it merges begin on the right ones: hence the order in which v is
 * filled. Comparators whose results nobody reads are left out by the compiler.
 */
#include <string.h>

#include "filters/median/network/network.h"

enum { COLUMNS = 64, ROOM = COLUMNS + 16, SIZE = 5, PAIR = 2 * SIZE };

#define LOWER(a, b) ((a) < (b) ? (a) : (b))
#define HIGHER(a, b) ((a) > (b) ? (a) : (b))
#define COMPARE(i, j)                                                                              \
    {                                                                                              \
        double a = v[i], b = v[j];                                                                 \
        v[i] = LOWER(a, b);                                                                        \
        v[j] = HIGHER(a, b);                                                                       \
    }

/* The three networks. */
/* clang-format off */
#define SORT_COLUMN                                                       \
    COMPARE(0, 1) COMPARE(3, 4) COMPARE(2, 4) COMPARE(2, 3) COMPARE(1, 4) \
    COMPARE(0, 3) COMPARE(0, 2) COMPARE(1, 3) COMPARE(1, 2)
#define MERGE_COLUMNS                                                     \
    COMPARE(0, 8) COMPARE(4, 9) COMPARE(4, 8) COMPARE(2, 6) COMPARE(2, 4) \
    COMPARE(6, 8) COMPARE(1, 5) COMPARE(3, 7) COMPARE(3, 5) COMPARE(1, 2) \
    COMPARE(3, 4) COMPARE(5, 6) COMPARE(7, 8)
#define MERGE_PAIRS                                                             \
    COMPARE(0, 16) COMPARE(8, 18) COMPARE(8, 16) COMPARE(4, 12) COMPARE(4, 8)   \
    COMPARE(12, 16) COMPARE(2, 10) COMPARE(6, 14) COMPARE(6, 10) COMPARE(2, 4)  \
    COMPARE(6, 8) COMPARE(10, 12) COMPARE(14, 16) COMPARE(1, 17) COMPARE(9, 19) \
    COMPARE(9, 17) COMPARE(5, 13) COMPARE(5, 9) COMPARE(13, 17) COMPARE(3, 11)  \
    COMPARE(7, 15) COMPARE(7, 11) COMPARE(3, 5) COMPARE(7, 9) COMPARE(11, 13)   \
    COMPARE(15, 17) COMPARE(7, 8) COMPARE(9, 10) COMPARE(11, 12)
/* clang-format on */

/* Of columns and pairs: those of the windows and some more, so that all vectors are full. */
typedef double row[ROOM];

/* Columns x0 ... x0 + count - 1 of five rows. */
static void sort_columns(const double *const *rows, size_t x0, size_t count, row *restrict sorted)
{
    const double *restrict p = rows[0] + x0, *restrict q = rows[1] + x0, *restrict r = rows[2] + x0;
    const double *restrict s = rows[3] + x0, *restrict t = rows[4] + x0;
    for (size_t x = 0; x < count; x++) {
        double v[SIZE] = {p[x], q[x], r[x], s[x], t[x]};
        SORT_COLUMN;
        sorted[0][x] = v[0];
        sorted[1][x] = v[1];
        sorted[2][x] = v[2];
        sorted[3][x] = v[3];
        sorted[4][x] = v[4];
    }
}

static void merge_columns(row *restrict c, row *restrict pair)
{
    for (size_t x = 0; x < ROOM - 8; x++) {
        double v[PAIR] = {c[0][x],     c[1][x],     c[2][x],     c[3][x],     c[4][x],
                          c[1][x + 1], c[2][x + 1], c[3][x + 1], c[0][x + 1], c[4][x + 1]};
        MERGE_COLUMNS;
        for (size_t i = 0; i < PAIR; i++)
            pair[i][x] = v[i];
    }
}

static void find_medians(row *restrict p, row *restrict c, double *restrict medians)
{
    for (size_t x = 0; x < COLUMNS; x++) {
        double v[2 * PAIR] = {p[0][x],     p[1][x],     p[2][x],     p[3][x],     p[4][x],
                              p[5][x],     p[6][x],     p[7][x],     p[8][x],     p[9][x],
                              p[2][x + 2], p[3][x + 2], p[4][x + 2], p[5][x + 2], p[6][x + 2],
                              p[7][x + 2], p[0][x + 2], p[1][x + 2], p[8][x + 2], p[9][x + 2]};
        MERGE_PAIRS;
        /* Of the six and the last column, the value with index 5: if s of the least are among the
         * six, it is the higher of number s and of number 6 - s of the column; for every other s,
         * that is too high. */
        double median = v[12];
        median = LOWER(median, HIGHER(v[7], c[4][x + 4]));
        median = LOWER(median, HIGHER(v[8], c[3][x + 4]));
        median = LOWER(median, HIGHER(v[9], c[2][x + 4]));
        median = LOWER(median, HIGHER(v[10], c[1][x + 4]));
        median = LOWER(median, HIGHER(v[11], c[0][x + 4]));
        medians[x] = median;
    }
}

void network_five(const double *const *rows, size_t ny, size_t nx, double *medians, size_t stride)
{
    row columns[SIZE] = {{0}}, pairs[PAIR];
    double found[COLUMNS];
    size_t width = nx - SIZE + 1;
    for (size_t y = 0; y + SIZE - 1 < ny; y++)
        for (size_t x = 0; x < width; x += COLUMNS) {
            size_t there = nx - x < ROOM ? nx - x : ROOM;
            size_t count = width - x < COLUMNS ? width - x : COLUMNS;
            sort_columns(rows + y, x, there, columns);
            merge_columns(columns, pairs);
            find_medians(pairs, columns, found);
            memcpy(medians + y * stride + x, found, count * sizeof *found);
        }
}

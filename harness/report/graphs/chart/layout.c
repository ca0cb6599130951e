/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/graphs/chart/layout.h"

#include <math.h>
#include <string.h>

double axis_pixel(const struct axis *axis, double value)
{
    double share = axis->log ? log(value / axis->low) / log(axis->high / axis->low)
                             : (value - axis->low) / (axis->high - axis->low);
    return axis->begin + share * (axis->end - axis->begin);
}

double axis_value(const struct axis *axis, double pixel)
{
    double share = (pixel - axis->begin) / (axis->end - axis->begin);
    return axis->log ? axis->low * pow(axis->high / axis->low, share)
                     : axis->low + share * (axis->high - axis->low);
}

enum { LABELS_AT_MOST = 256 };

/* Neighbours that stand in each other's way become one block, whose middle lies where theirs were
 * on average; that block may then stand in the way of the one before it. */
struct block {
    int count;
    double middle;
};

static double clamp(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

static bool too_close(const struct block *a, const struct block *b, double gap)
{
    return b->middle - a->middle < gap * (a->count + b->count) / 2.0;
}

/* Places of rising values; of equal ones the first comes first. */
static void sort(const double *at, int count, int *order)
{
    for (int i = 0; i < count; i++) {
        int place = i;
        for (; place > 0 && at[order[place - 1]] > at[i]; place--)
            order[place] = order[place - 1];
        order[place] = i;
    }
}

void layout_spread(double *at, int count, double gap, double low, double high)
{
    struct block blocks[LABELS_AT_MOST];
    int order[LABELS_AT_MOST], number = 0;
    if (count < 1 || count > LABELS_AT_MOST)
        return;
    if (gap * (count - 1) > high - low)
        gap = (high - low) / (count - 1);
    sort(at, count, order);
    for (int i = 0; i < count; i++) {
        blocks[number++] = (struct block){1, clamp(at[order[i]], low, high)};
        while (number > 1 && too_close(&blocks[number - 2], &blocks[number - 1], gap)) {
            struct block *one = &blocks[number - 2], *two = &blocks[number - 1];
            double sum = one->count * one->middle + two->count * two->middle;
            one->count += two->count;
            double half = gap * (one->count - 1) / 2;
            one->middle = clamp(sum / one->count, low + half, high - half);
            number--;
        }
    }
    for (int b = 0, i = 0; b < number; b++)
        for (int k = 0; k < blocks[b].count; k++)
            at[order[i++]] = blocks[b].middle + gap * (k - (blocks[b].count - 1) / 2.0);
}

double layout_text_pixels(const char *text)
{
    /* A point is 4/3 of a pixel; widths of characters in shares of the font's size. */
    const double size = 16 * 4.0 / 3;
    double width = 0;
    for (const char *at = text; *at; at++)
        if (((unsigned char)*at & 0xc0) != 0x80) /* not a byte inside of a character */
            width += strchr("fijlrt.,:;'|()/- ", *at) ? 0.38 : strchr("mwMW+@%", *at) ? 0.92 : 0.64;
    return size * width;
}

void layout_thin(const double *at, int count, double gap, bool *labelled)
{
    double next = (double)INFINITY;
    for (int i = count - 1; i >= 0; i--) {
        labelled[i] = next - at[i] >= gap;
        if (labelled[i])
            next = at[i];
    }
}

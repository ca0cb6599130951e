/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorting the input of a tile, and cutting the order into buckets.
 *
 * Nearly all of the work is done on small integers: a value becomes a key of 22 bits that never
 * orders two values wrongly but may not tell them apart; two passes of a radix sort order the
 * keys, and a pass of insertions over the true values puts right the few that share a key. Where
 * they are not few, all 64 bits are sorted.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "filters/median/order_key.h"
#include "filters/median/rank_tile.h"

enum {
    DIGIT_BITS = 11,
    DIGITS = 1 << DIGIT_BITS,             /* values that a digit has */
    KEYS = (1 << 2 * DIGIT_BITS) - 1,     /* the highest key, of two digits */
    POSITION_BITS = 20,                   /* RANK_SIDE_MOST rows and columns */
    POSITIONS = (1 << POSITION_BITS) - 1, /* the highest position */
    MISSING = KEYS,                       /* the key of NaN, behind all others */
    SAMPLE = 256,                         /* values that a line is fitted to, about */
    KEPT = SAMPLE / 50 + 1,               /* to the 2nd percentile */
    MOVES_AT_MOST = 4                     /* of insertion, for each value on average */
};

/* The key of a value is (value * unit - low) * scale, clamped: rising with the value, whatever the
 * rounding. `unit` is a power of two that brings denormal and huge numbers into range. */
struct line {
    double unit, low, scale;
};

/* The line on which the keys of `low` and `high` are a quarter of all keys away from the ends. A
 * level one where they are equal. */
static struct line line_through(double low, double high)
{
    double span = high / 4 - low / 4; /* cannot overflow */
    int exponent;
    if (!(span > 0))
        return (struct line){1, 0, 0};
    frexp(span, &exponent);
    double unit = ldexp(1, exponent < -1000 ? 1000 : -exponent);
    span = high * unit - low * unit;
    return (struct line){unit, low * unit - span / 2, KEYS / (2 * span)};
}

/* Keeps `least`, the `kept` least of the values so far in ascending order, up to date. Most values
 * are not among them, which is why this is quicker than sorting. */
static void keep_least(double *least, size_t kept, double value)
{
    size_t i = kept;
    if (!(value < least[kept - 1]))
        return;
    for (; --i > 0 && value < least[i - 1];)
        least[i] = least[i - 1];
    least[i] = value;
}

/* A line that gives most values different keys, whatever the extremes are: through the 2nd and the
 * 98th percentile of a sample. */
static struct line fit_line(const struct rank_tile *tile)
{
    double least[KEPT], greatest[KEPT]; /* the latter with their signs changed */
    size_t count = 0, step = tile->count / SAMPLE + 1;
    for (size_t i = 0; i < KEPT; i++)
        least[i] = greatest[i] = (double)INFINITY;
    for (size_t i = step / 2; i < tile->count; i += step) {
        double value = tile->values[i / tile->nx << tile->bits | i % tile->nx];
        if (!isfinite(value))
            continue;
        keep_least(least, KEPT, value);
        keep_least(greatest, KEPT, -value);
        count++;
    }
    if (count == 0)
        return (struct line){1, 0, 0};
    struct line line = line_through(least[count / 50], -greatest[count / 50]);
    return line.scale > 0 ? line : line_through(least[0], -greatest[0]);
}

static void make_keys(struct rank_tile *tile, struct line line, uint32_t *lower, uint32_t *upper)
{
    uint32_t missing = 0;
    size_t nx = tile->nx;
    for (size_t y = 0; y < tile->ny; y++) {
        const double *values = tile->values + (y << tile->bits);
        uint32_t *key = tile->key + (y << tile->bits);
        for (size_t x = 0; x < nx; x++) {
            double place = (values[x] * line.unit - line.low) * line.scale;
            place = place > 0 ? place : 0; /* also where it is NaN */
            place = place < KEYS - 1 ? place : KEYS - 1;
            int32_t number = (int32_t)place;
            key[x] = (uint32_t)(values[x] != values[x] ? MISSING : number);
        }
        for (size_t x = 0; x < nx; x++)
            missing += key[x] == MISSING;
        for (size_t x = 0; x < nx; x++) {
            lower[key[x] & (DIGITS - 1)]++;
            upper[key[x] >> DIGIT_BITS]++;
        }
    }
    tile->missing = missing;
}

/* From how often each digit occurs to where the first item with it belongs. */
static void counts_to_places(uint32_t *counts, size_t digits)
{
    uint32_t place = 0;
    for (size_t digit = 0; digit < digits; digit++) {
        uint32_t count = counts[digit];
        counts[digit] = place;
        place += count;
    }
}

/* Positions in the order of their keys: the lower digit first, then the upper one, which keeps
 * the order of the lower. Between the two passes an item is the upper digit and the position. */
static void sort_keys(struct rank_tile *tile, uint32_t *lower, uint32_t *upper)
{
    counts_to_places(lower, DIGITS);
    counts_to_places(upper, DIGITS);
    for (size_t y = 0; y < tile->ny; y++)
        for (size_t x = 0; x < tile->nx; x++) {
            uint32_t position = (uint32_t)(y << tile->bits | x), key = tile->key[position];
            tile->item[lower[key & (DIGITS - 1)]++] = key >> DIGIT_BITS << POSITION_BITS | position;
        }
    for (size_t i = 0; i < tile->count; i++) {
        uint32_t item = tile->item[i];
        tile->position[upper[item >> POSITION_BITS]++] = item & POSITIONS;
    }
}

/* Sorts the values that share a key. False, and not all of it done, when that moves too many. */
static bool insert_values(struct rank_tile *tile, size_t valid)
{
    const double *values = tile->values;
    double *sorted = tile->sorted, greatest = -(double)INFINITY;
    uint32_t *positions = tile->position;
    size_t moves = 0, moves_most = MOVES_AT_MOST * valid;
    for (size_t i = 0; i < valid; i++) {
        uint32_t position = positions[i];
        double value = values[position];
        sorted[i] = value;
        if (value >= greatest) { /* nearly always */
            greatest = value;
            continue;
        }
        size_t j = i;
        do {
            sorted[j] = sorted[j - 1];
            positions[j] = positions[j - 1];
            j--;
        } while (j > 0 && sorted[j - 1] > value);
        sorted[j] = value;
        positions[j] = position;
        moves += i - j;
        if (moves > moves_most)
            return false;
    }
    return true;
}

/* Sorts the valid positions by the bits of their values from bit `lowest` on, a digit a pass. */
static void sort_bits(struct rank_tile *tile, size_t valid, int lowest)
{
    enum { MASK = DIGITS - 1, PASSES = 6 }; /* six digits have all 64 bits */
    uint32_t places[PASSES][DIGITS] = {{0}};
    uint32_t *from = tile->position, *to = tile->item;
    for (size_t i = 0; i < valid; i++) {
        uint64_t key = order_key(tile->values[from[i]]) >> lowest;
        for (int pass = 0; pass < PASSES; pass++, key >>= DIGIT_BITS)
            places[pass][key & MASK]++;
    }
    for (int pass = 0; pass < PASSES && lowest + pass * DIGIT_BITS < 64; pass++) {
        int shift = lowest + pass * DIGIT_BITS;
        if (places[pass][order_key(tile->values[from[0]]) >> shift & MASK] == valid)
            continue; /* all have the same digit */
        counts_to_places(places[pass], DIGITS);
        for (size_t i = 0; i < valid; i++) {
            uint64_t key = order_key(tile->values[from[i]]) >> shift;
            to[places[pass][key & MASK]++] = from[i];
        }
        uint32_t *swapped = from;
        from = to;
        to = swapped;
    }
    if (from != tile->position)
        memcpy(tile->position, from, valid * sizeof *from);
}

/* Members i ... i + RANK_GROUP - 1 of the order, which is full. */
static void fill_group(struct rank_tile *tile, size_t i, uint8_t bucket)
{
    struct rank_group *restrict group = tile->members + i / RANK_GROUP;
    const uint32_t *restrict position = tile->position + i;
    uint8_t *restrict bucket_of = tile->bucket_of;
    for (int k = 0; k < RANK_GROUP; k++) {
        group->x[rank_slot(k)] = (uint8_t)position[k];
        group->y[rank_slot(k)] = (uint8_t)(position[k] >> 8);
    }
    for (size_t k = 0; k < RANK_GROUP; k++)
        bucket_of[position[k]] = bucket;
}

/* The same where coordinates are folded, or where the order ends. */
static void fill_last_group(struct rank_tile *tile, size_t i, uint8_t bucket)
{
    struct rank_group *group = tile->members + i / RANK_GROUP;
    uint32_t column = ((uint32_t)1 << tile->bits) - 1;
    for (size_t k = 0; k < RANK_GROUP; k++) {
        uint8_t x = RANK_SIDE, y = RANK_SIDE; /* in no window */
        if (i + k < tile->count) {
            uint32_t position = tile->position[i + k];
            x = tile->folded[position & column];
            y = tile->folded[position >> tile->bits];
            tile->bucket_of[position] = bucket;
        }
        group->x[rank_slot((int)k)] = x;
        group->y[rank_slot((int)k)] = y;
    }
}

void rank_tile_cut(struct rank_tile *tile)
{
    tile->groups = (tile->count + RANK_BUCKETS * RANK_GROUP - 1) / (RANK_BUCKETS * RANK_GROUP);
    size_t size = tile->groups * RANK_GROUP, end = (tile->count + size - 1) / size * size;
    bool plain = tile->bits == 8 && tile->reach == tile->window;
    for (size_t i = 0; i < end; i += RANK_GROUP)
        if (plain && i + RANK_GROUP <= tile->count)
            fill_group(tile, i, (uint8_t)(i / size));
        else
            fill_last_group(tile, i, (uint8_t)(i / size));
}

void rank_tile_sort(struct rank_tile *tile)
{
    tile->count = tile->ny * tile->nx;
    uint32_t lower[DIGITS] = {0}, upper[DIGITS] = {0};
    make_keys(tile, fit_line(tile), lower, upper);
    sort_keys(tile, lower, upper);
    size_t valid = tile->count - tile->missing;
    /* Nearly never, more bits are needed: enough for values of very different size, then all. */
    static const int lowest_bit[] = {31, 0};
    for (int attempt = 0; !insert_values(tile, valid); attempt++)
        sort_bits(tile, valid, lowest_bit[attempt]);
    for (size_t i = valid; i < tile->count; i++)
        tile->sorted[i] = (double)NAN;
}

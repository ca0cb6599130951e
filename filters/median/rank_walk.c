/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moving the windows of a tile: all columns of a row together, then down to the next row.
 *
 * What is done for a row (count, test, walk, select) are separate loops over its columns without
 * branches that depend on the data. A branch that goes either way by chance costs as much as
 * twenty instructions, and in a single loop there would be two or three for each pixel. So the
 * columns whose median is not found yet are kept in a list, and each round writes the list of the
 * next one: always an entry, but counted only where it is wanted.
 */
#include <string.h>

#include "filters/median/rank_tile.h"

enum {
    /* Room for whole chunks of columns. */
    COLUMNS = (RANK_SIDE + RANK_CHUNK - 1) / RANK_CHUNK * RANK_CHUNK,
    /* Groups in the buckets of all columns: where a tile is large, its output is not. */
    GROUPS = RANK_FOLDED_MOST * (RANK_SIDE_MOST / RANK_BUCKETS) * (RANK_SIDE_MOST / RANK_GROUP)
};

/* The windows of one row of output. Window c has its upper left corner at (row, c) of the input. */
struct walk {
    const struct rank_tile *tile;
    size_t columns, row;
    _Alignas(64) uint8_t bucket[COLUMNS]; /* where the median is looked for */
    int32_t index[COLUMNS];  /* of the median among the pixels of the window in this bucket: it is
                                lower where negative, higher where not less than `inside` */
    int32_t inside[COLUMNS]; /* how many pixels of the window the bucket has */
    uint64_t bits[GROUPS];   /* which of its members they are, a word a group */
    uint8_t list[COLUMNS];   /* columns whose median is in another bucket */
    int32_t missing[RANK_SIDE_MOST]; /* NaN of input column x in the rows of the windows */
    int32_t wanted[COLUMNS];         /* index of the median among all pixels of the window */
};

/* What is looked at for every pixel: a copy, so that it can stay in registers. `groups` is a constant
 * where the compiler knows it. */
struct buckets {
    size_t groups;

    /* In walk.bits, from a group of a column to its next one. They do not lie side by side, since a
     * compiler would join two words into a vector, which takes longer. */
    size_t stride;

    const struct rank_group *members;
    uint8_t reach;
};

/* Finds the pixels of window c in its bucket. */
static inline void test_bucket(struct walk *walk, const struct buckets *buckets, size_t c)
{
    size_t groups = buckets->groups;
    const struct rank_group *group = buckets->members + walk->bucket[c] * groups;
    int32_t inside = 0;
    for (size_t g = 0; g < groups; g++) {
        uint64_t bits =
            rank_inside(group[g].x, group[g].y, (uint8_t)c, (uint8_t)walk->row, buckets->reach);
        walk->bits[g * buckets->stride + c] = bits;
        inside += rank_count_bits(bits);
    }
    walk->inside[c] = inside;
}

static inline bool is_elsewhere(const struct walk *walk, size_t c)
{
    return (uint32_t)walk->index[c] >= (uint32_t)walk->inside[c]; /* a negative index is large */
}

/* Goes one bucket down where the index is negative, else one up. */
static inline void walk_on(struct walk *walk, const struct buckets *buckets, size_t c)
{
    int32_t lower = -(walk->index[c] < 0); /* all ones, or zero */
    int32_t index = walk->index[c] - (walk->inside[c] & ~lower);
    walk->bucket[c] = (uint8_t)(walk->bucket[c] + (lower | 1));
    test_bucket(walk, buckets, c);
    walk->index[c] = index + (walk->inside[c] & lower);
}

/* The same on entering a row, where `inside` is not known. A negative index tells without it. */
static inline void walk_down(struct walk *walk, const struct buckets *buckets, size_t c)
{
    int32_t lower = -(walk->index[c] < 0);
    walk->bucket[c] = (uint8_t)(walk->bucket[c] + lower);
    test_bucket(walk, buckets, c);
    walk->index[c] += walk->inside[c] & lower;
}

static inline void find_buckets(struct walk *walk, const struct buckets *buckets)
{
    size_t listed = 0;
    for (size_t c = 0; c < walk->columns; c++) {
        walk_down(walk, buckets, c);
        walk->list[listed] = (uint8_t)c;
        listed += is_elsewhere(walk, c);
    }
    while (listed > 0) {
        size_t still = 0;
        for (size_t i = 0; i < listed; i++) {
            size_t c = walk->list[i];
            walk_on(walk, buckets, c);
            walk->list[still] = (uint8_t)c;
            still += is_elsewhere(walk, c);
        }
        listed = still;
    }
}

/* The median of window c, once its bucket is found. */
static inline double select_value(const struct walk *walk, const struct buckets *buckets, size_t c)
{
    size_t groups = buckets->groups;
    const uint64_t *bits = walk->bits + c;
    int32_t index = walk->index[c], upto = 0, before = 0;
    size_t group = 0;
    for (size_t g = 0; g + 1 < groups; g++) {
        upto += rank_count_bits(bits[g * buckets->stride]);
        int32_t passed = -(index >= upto);
        before = (upto & passed) | (before & ~passed);
        group += (size_t)(passed & 1);
    }
    size_t member = (walk->bucket[c] * groups + group) * RANK_GROUP;
    return walk->tile->sorted[member + (size_t)rank_find_bit(bits[group * buckets->stride],
                                                             index - before, walk->tile->nth_bits)];
}

static void count_missing_row(struct walk *walk, size_t y, int32_t change)
{
    const double *values = walk->tile->values + (y << walk->tile->bits);
    for (size_t x = 0; x < walk->tile->nx; x++)
        walk->missing[x] += values[x] != values[x] ? change : 0;
}

/* Missing pixels are in no lower bucket; they only change which index is wanted. */
static void update_wanted(struct walk *walk)
{
    size_t window = walk->tile->window;
    int32_t valid = (int32_t)(window * window);
    for (size_t x = 0; x + 1 < window; x++)
        valid -= walk->missing[x];
    for (size_t c = 0; c < walk->columns; c++) {
        valid -= walk->missing[c + window - 1];
        walk->index[c] += valid / 2 - walk->wanted[c];
        walk->wanted[c] = valid / 2;
        valid += walk->missing[c];
    }
}

/* Pixels of column x of the input, in the rows of the first windows, that are in lower buckets. */
static int32_t count_column(const struct rank_tile *tile, size_t x, uint8_t bucket)
{
    int32_t below = 0;
    for (size_t y = 0; y < tile->window; y++)
        below += tile->bucket_of[y << tile->bits | x] < bucket;
    return below;
}

/* The first row, from left to right: each window starts from its left neighbour. */
static inline void first_row(struct walk *walk, const struct buckets *buckets)
{
    const struct rank_tile *tile = walk->tile;
    uint8_t bucket = (uint8_t)((tile->count - tile->missing) / (tile->groups * RANK_GROUP) / 2);
    int32_t below = 0;
    for (size_t x = 0; x + 1 < tile->window; x++)
        below += count_column(tile, x, bucket);
    for (size_t c = 0; c < walk->columns; c++) {
        below += count_column(tile, c + tile->window - 1, bucket);
        walk->bucket[c] = bucket;
        walk->index[c] = walk->wanted[c] - below;
        test_bucket(walk, buckets, c);
        while (is_elsewhere(walk, c))
            walk_on(walk, buckets, c);
        bucket = walk->bucket[c];
        below = walk->wanted[c] - walk->index[c] - count_column(tile, c, bucket);
    }
}

/* The pixels of two rows change how many are in lower buckets. */
static void step_down(struct walk *walk, size_t leaving, size_t entering)
{
    const struct rank_tile *tile = walk->tile;
    const uint8_t *in = tile->bucket_of + (entering << tile->bits);
    const uint8_t *out = tile->bucket_of + (leaving << tile->bits);
    for (size_t c = 0; c < walk->columns; c += RANK_CHUNK)
        for (size_t x = 0; x < tile->window; x += RANK_SIDE) { /* as far as a byte can count */
            size_t part = tile->window - x < RANK_SIDE ? tile->window - x : RANK_SIDE;
            rank_step(in + c + x, out + c + x, walk->bucket + c, part, walk->index + c);
        }
}

static void start_walk(struct walk *walk, const struct rank_tile *tile)
{
    walk->tile = tile;
    walk->columns = tile->nx - tile->window + 1;
    walk->row = 0;
    memset(walk->bucket, 0, sizeof walk->bucket);
    memset(walk->index, 0, sizeof walk->index);
    memset(walk->wanted, 0, sizeof walk->wanted);
    memset(walk->missing, 0, sizeof walk->missing);
}

static inline void walk_tile(const struct rank_tile *tile, size_t groups, double *medians,
                             size_t stride)
{
    size_t window = tile->window, rows = tile->ny - window + 1;
    struct buckets buckets = {groups, groups <= 4 ? COLUMNS : RANK_FOLDED_MOST, tile->members,
                              (uint8_t)tile->reach};
    struct walk walk;
    start_walk(&walk, tile);
    for (size_t y = 0; y < window; y++)
        count_missing_row(&walk, y, 1);
    update_wanted(&walk);
    first_row(&walk, &buckets);
    for (;;) {
        for (size_t c = 0; c < walk.columns; c++)
            medians[c] = select_value(&walk, &buckets, c);
        if (++walk.row == rows)
            break;
        medians += stride;
        size_t leaving = walk.row - 1, entering = leaving + window;
        step_down(&walk, leaving, entering);
        if (tile->missing > 0) {
            count_missing_row(&walk, leaving, -1);
            count_missing_row(&walk, entering, 1);
            update_wanted(&walk);
        }
        find_buckets(&walk, &buckets);
    }
}

/* Compiled once for each number of groups, so that the loops over them are unrolled. */
void rank_tile_walk(const struct rank_tile *tile, double *medians, size_t stride)
{
    switch (tile->groups) {
    case 1:
        walk_tile(tile, 1, medians, stride);
        break;
    case 2:
        walk_tile(tile, 2, medians, stride);
        break;
    case 3:
        walk_tile(tile, 3, medians, stride);
        break;
    case 4:
        walk_tile(tile, 4, medians, stride);
        break;
    default:
        walk_tile(tile, tile->groups, medians, stride);
    }
}

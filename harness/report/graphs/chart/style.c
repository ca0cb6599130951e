/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/graphs/chart/style.h"

#include <stdlib.h>
#include <string.h>

struct entry {
    const char *strategy;
    unsigned colour;
    int shape;
};

/* Relatives, and the two modes of a lock, have the same shape, once filled and once open. The
 * colours begin with those of Okabe and Ito, which colour-blind readers can tell apart; relatives
 * are of different lightness, so that they differ in grey, too. */
static const struct entry entries[] = {
    {"serial", 0x000000, 2},   {"fork", 0xd55e00, 5},      {"fork-pipe", 0xe69f00, 4},
    {"pthreads", 0x0072b2, 9}, {"pool", 0x009e73, 7},      {"process-pool", 0x7ac943, 6},
    {"openmp", 0xcc79a7, 13},  {"blas", 0x6a3d9a, 12},     {"global-lock", 0x8c510a, 11},
    {"spawn", 0x7f7f00, 1},    {"programs", 0x56b4e9, 15}, {"gnu-parallel", 0x274b8f, 14},
    {"mpi", 0xb2182b, 8},      {"mine", 0xe7298a, 3},      {"global-lock released", 0xc58a3d, 10},
};
enum { ENTRIES = sizeof entries / sizeof entries[0] };

struct style style_number(int n)
{
    /* From the most telling ones on; black crosses would look like the serial strategy. */
    static const int order[] = {3, 1, 4, 6, 10, 8, 7, 12, 11, 2, 5, 9, 13};
    enum { COUNT = sizeof order / sizeof order[0] };
    const struct entry *entry = &entries[order[n % COUNT]];
    return (struct style){entry->colour, entry->shape, 1 + n / COUNT % 4};
}

/* Of "pool+blas4" the "+blas4": solid, then more and more broken. */
static int dash_of(const char *variant)
{
    if (strcmp(variant, " released") == 0)
        return 2;
    if (strncmp(variant, "+blas", 5) != 0)
        return 1;
    long threads = strtol(variant + 5, NULL, 10);
    return threads <= 2 ? 3 : threads <= 4 ? 2 : threads <= 8 ? 4 : 5;
}

/* The first `length` characters of a label as a strategy, or a mode of one; NULL: it is not ours. */
static const struct entry *find(const char *label, size_t length)
{
    for (size_t i = 0; i < ENTRIES; i++)
        if (strlen(entries[i].strategy) == length &&
            strncmp(entries[i].strategy, label, length) == 0)
            return &entries[i];
    return NULL;
}

/* Filled where it was open, and the other way round; what consists of lines stays. */
static int counterpart(int shape)
{
    return shape < 4 ? shape : shape ^ 1;
}

struct style style_of(const char *label)
{
    size_t length = strcspn(label, " +");
    const struct entry *entry = find(label, strcspn(label, "+"));
    unsigned sum = 0;
    if (!entry)
        entry = find(label, length);
    struct style style = {.colour = 0};
    if (entry) {
        style = (struct style){.colour = entry->colour, .shape = entry->shape};
    } else {
        for (size_t i = 0; i < length; i++)
            sum = (31 * sum + (unsigned char)label[i]) % 1009;
        style = style_number((int)sum);
    }
    if (strchr(label, '+'))
        style.shape = counterpart(style.shape);
    style.dash = dash_of(label + length);
    return style;
}

unsigned style_lighter(unsigned colour)
{
    unsigned lighter = 0;
    for (int shift = 0; shift < 24; shift += 8)
        lighter |= ((3 * (colour >> shift & 0xff) + 2 * 0xff) / 5) << shift;
    return lighter;
}

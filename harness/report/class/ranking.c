/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/class/ranking.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/report/class/ranking_groups.h"

static int compare_tp(const void *one, const void *other)
{
    const struct entry *a = ((const struct ranked *)one)->entry,
                       *b = ((const struct ranked *)other)->entry;
    if (a->state != b->state)
        return a->state < b->state ? -1 : 1;
    double left = entry_tp(a), right = entry_tp(b);
    if (left < right || left > right) /* false for NaN */
        return left < right ? -1 : 1;
    int order = strcmp(a->name, b->name);
    return order ? order : (a > b) - (a < b);
}

struct scaled {
    struct ranked *row;
    double efficiency;
};

static int compare_scaled(const void *one, const void *other)
{
    const struct scaled *a = one, *b = other;
    if (a->efficiency > b->efficiency || a->efficiency < b->efficiency)
        return a->efficiency > b->efficiency ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

/* Places by how well they scale, of those with more than one core: one core always does. */
static int place_by_scaling(struct ranking *ranking, struct error *error)
{
    size_t count = 0;
    struct scaled *scaled = calloc(ranking->fit + 1, sizeof *scaled);
    if (!scaled)
        return error_set(error, "compare", "no memory");
    for (size_t i = 0; i < ranking->fit; i++) {
        double efficiency = entry_efficiency(ranking->rows[i].entry);
        if (efficiency > 0 && ranking->rows[i].entry->cores > 1)
            scaled[count++] = (struct scaled){&ranking->rows[i], efficiency};
    }
    qsort(scaled, count, sizeof *scaled, compare_scaled);
    for (size_t i = 0; i < count; i++)
        scaled[i].row->scaling = (int)i + 1;
    free(scaled);
    return 0;
}

int ranking_make(struct ranking *ranking, const struct roster *roster, struct error *error)
{
    *ranking = (struct ranking){.rows = calloc(roster->count + 1, sizeof *ranking->rows),
                                .count = roster->count};
    if (!ranking->rows)
        return error_set(error, "compare", "no memory");
    for (size_t i = 0; i < roster->count; i++)
        ranking->rows[i].entry = &roster->entries[i];
    qsort(ranking->rows, ranking->count, sizeof *ranking->rows, compare_tp);
    while (ranking->fit < ranking->count && ranking->rows[ranking->fit].entry->state == ENTRY_FIT) {
        ranking->rows[ranking->fit].speed = (int)ranking->fit + 1;
        ranking->fit++;
    }
    if (place_by_scaling(ranking, error) == 0 && ranking_group(ranking, error) == 0 &&
        ranking_step(ranking, error) == 0)
        return 0;
    ranking_free(ranking);
    return -1;
}

void ranking_free(struct ranking *ranking)
{
    free(ranking->rows);
    *ranking = (struct ranking){.count = 0};
}

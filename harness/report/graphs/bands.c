/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/graphs/bands.h"

#include <math.h>
#include <stdlib.h>

#include "harness/report/cores/cores_section.h"

static int compare_workers(const void *one, const void *other)
{
    const struct forecast_row *a = one, *b = other;
    return (a->workers > b->workers) - (a->workers < b->workers);
}

int bands_write(FILE *settings, const struct forecast_row *rows, size_t count, struct error *error)
{
    size_t drawn = 0;
    struct forecast_row *sorted = calloc(count ? count : 1, sizeof *sorted);
    if (!sorted)
        return error_set(error, "graphs", "no memory");
    for (size_t i = 0; i < count; i++)
        if (rows[i].forecast.speedup.low > 0 && isfinite(rows[i].forecast.speedup.high))
            sorted[drawn++] = rows[i];
    qsort(sorted, drawn, sizeof *sorted, compare_workers);
    if (drawn >= 2) {
        fputs("speedup_band = 1\n$speedup_band << END\n", settings);
        for (size_t i = 0; i < drawn; i++)
            fprintf(settings, "%d %.9g %.9g\n", sorted[i].workers, sorted[i].forecast.speedup.low,
                    sorted[i].forecast.speedup.high);
        fputs("END\nspeedup_band_name = \"forecast\"\n", settings);
    }
    free(sorted);
    return 0;
}

/* What the machine allows a configuration. */
struct allowed {
    int workers;
    double ceiling;
};

static int compare_allowed(const void *one, const void *other)
{
    const struct allowed *a = one, *b = other;
    if (a->workers != b->workers)
        return a->workers < b->workers ? -1 : 1;
    return (a->ceiling < b->ceiling) - (a->ceiling > b->ceiling); /* the highest first */
}

int bands_write_machine(FILE *settings, const struct result_set *set, struct error *error)
{
    size_t count = 0;
    bool limited = false;
    struct allowed *allowed = calloc(set->count ? set->count : 1, sizeof *allowed);
    if (!allowed)
        return error_set(error, "graphs", "no memory");
    for (size_t i = 0; i < set->count; i++) {
        const struct summary *summary = &set->summaries[i];
        if (summary->status != RUN_OK || !(summary->machine_ceiling > 0))
            continue;
        limited = limited || cores_limit(summary);
        allowed[count++] =
            (struct allowed){summary->setup.config.workers, summary->machine_ceiling};
    }
    qsort(allowed, count, sizeof *allowed, compare_allowed);
    if (limited) {
        fputs("speedup_machine = 1\n$speedup_machine << END\n", settings);
        for (size_t i = 0; i < count; i++)
            if (i == 0 || allowed[i].workers != allowed[i - 1].workers)
                fprintf(settings, "%d %.9g\n", allowed[i].workers, allowed[i].ceiling);
        fputs("END\n", settings);
    }
    free(allowed);
    return 0;
}

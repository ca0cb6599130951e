/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/graphs/bands.h"

#include <math.h>
#include <stdlib.h>

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

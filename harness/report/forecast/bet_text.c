/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/forecast/bet_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/results/forecasts.h"

/* What was measured of this forecast; NULL where nothing right was. */
static const struct summary *find(const struct result_set *set, const struct forecast_row *row)
{
    for (size_t i = 0; i < set->count; i++) {
        const struct summary *summary = &set->summaries[i];
        const struct config *config = &summary->setup.config;
        if (summary->status == RUN_OK && summary->speedup.value > 0 &&
            strcmp(config->strategy, row->strategy) == 0 && config->workers == row->workers &&
            config->lock == row->lock && config->blas_threads == row->blas_asked)
            return summary;
    }
    return NULL;
}

/* What became of it. A speedup that others have disturbed is not held against the forecast. */
static const char *outcome(const struct result_set *set, const struct estimate *forecast,
                           double measured)
{
    if (!machine_is_fit(&set->machine))
        return "; but see the verdict";
    if (measured < forecast->low)
        return ", which is less: what workers take from each other (memory bandwidth, shared "
               "caches, the clock when all cores are busy) is what a run on few workers does not "
               "show";
    if (measured > forecast->high)
        return ", which is more: the runs before were slower than those that were measured";
    return ", as forecast";
}

void bet_text(const struct result_set *set, const struct forecast_row *rows, size_t count,
              char text[BET_TEXT])
{
    const struct forecast_row *most = NULL;
    text[0] = '\0';
    for (size_t i = 0; i < count; i++)
        if (find(set, &rows[i]) && (!most || rows[i].workers > most->workers))
            most = &rows[i];
    if (!most)
        return;
    const struct estimate *speedup = &most->forecast.speedup;
    double measured = find(set, most)->speedup.value;
    snprintf(
        text, BET_TEXT,
        "Forecast before measuring, from %d run%s on %d worker%s: %s on %d worker%s %.2f times "
        "as fast (%.2f-%.2f, single runs). Measured: %.2f%s.",
        most->from_runs, most->from_runs == 1 ? "" : "s", most->from_workers,
        most->from_workers == 1 ? "" : "s", most->strategy, most->workers,
        most->workers == 1 ? "" : "s", speedup->value, speedup->low, speedup->high, measured,
        outcome(set, speedup, measured));
}

void bet_put(const char *directory, const struct result_set *set,
             const struct document_language *language, FILE *stream)
{
    struct forecast_row *rows;
    struct error ignored;
    size_t count;
    char text[BET_TEXT];
    if (forecasts_read(directory, &rows, &count, &ignored) != 0)
        return;
    bet_text(set, rows, count, text);
    if (*text)
        language->paragraph(stream, text);
    free(rows);
}

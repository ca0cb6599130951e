/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/forecast/bench_forecast.h"

#include <stdio.h>
#include <stdlib.h>

#include "harness/base/clock.h"
#include "harness/results/forecasts.h"

/* On the most workers, where the most is at stake. */
static void say(const struct forecast_row *rows, size_t count)
{
    const struct forecast_row *most = &rows[0];
    for (size_t i = 1; i < count; i++)
        if (rows[i].workers > most->workers)
            most = &rows[i];
    printf("Forecast, before measuring: %s on %d workers %.2f times as fast (%.2f-%.2f).\n\n",
           most->strategy, most->workers, most->forecast.speedup.value, most->forecast.speedup.low,
           most->forecast.speedup.high);
    fflush(stdout);
}

int bench_forecast(const struct bench *bench, struct experiment *experiment, struct error *error)
{
    struct forecast_row *rows = NULL;
    size_t count = 0;
    double began = clock_seconds();
    if (bench->checkpoint.file && bench->checkpoint.rounds > 0)
        return 0; /* it goes on, and the bet was made in the beginning */
    int failed = bet_make(experiment, experiment->machine, &rows, &count, error);
    if (!failed)
        failed = forecasts_write(bench->options.directory, &bench->set.machine, rows, count, error);
    if (!failed && count > 0) {
        experiment->budget_s -= clock_seconds() - began;
        if (!bench->section)
            say(rows, count);
    }
    free(rows);
    return failed;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/findings.h"

#include <math.h>
#include <string.h>

#include "filters/filter.h"
#include "harness/report/table.h"

static bool is_ok(const struct csv_table *summary, size_t row, const char *strategy)
{
    return strcmp(csv_text(summary, row, "strategy"), strategy) == 0 &&
           strcmp(csv_text(summary, row, "status"), "ok") == 0;
}

/* Row of that strategy on so many workers; -1 where there is none that is right. */
static long find_row(const struct csv_table *summary, const char *strategy, double workers)
{
    for (size_t row = 0; row < summary->rows; row++)
        if (is_ok(summary, row, strategy) && csv_number(summary, row, "workers") == workers)
            return (long)row;
    return -1;
}

bool findings_loss(const struct csv_table *summary, struct loss *loss)
{
    long best = table_best(summary);
    if (best < 0)
        return false;
    *loss = (struct loss){.workers = csv_number(summary, (size_t)best, "workers"),
                          .speedup = csv_number(summary, (size_t)best, "speedup"),
                          .ceiling = csv_number(summary, (size_t)best, "ceiling")};
    loss->by_counting = loss->workers - loss->ceiling;
    loss->elsewhere = loss->ceiling - loss->speedup;
    if (loss->elsewhere < 0)
        loss->elsewhere = 0;
    return true;
}

/* A filter that this program does not know gives NaN, as images of several sizes do. */
static double result_bytes(const struct csv_table *summary)
{
    const struct filter *filter = filter_find(csv_text(summary, 0, "filter"));
    double ny = csv_number(summary, 0, "ny"), nx = csv_number(summary, 0, "nx");
    if (!filter || isnan(ny) || isnan(nx))
        return (double)NAN;
    size_t output_ny = (size_t)ny, output_nx = (size_t)nx;
    if (filter->output_shape)
        filter->output_shape((size_t)ny, (size_t)nx, &output_ny, &output_nx);
    return table_images(summary) * (double)output_ny * (double)output_nx * (double)sizeof(double);
}

bool findings_copying(const struct csv_table *summary, struct copying *copying)
{
    long pipe = -1, fork = -1;
    for (size_t row = 0; row < summary->rows; row++) {
        double workers = csv_number(summary, row, "workers");
        if (!is_ok(summary, row, "fork-pipe") || find_row(summary, "fork", workers) < 0)
            continue;
        if (pipe < 0 || workers > csv_number(summary, (size_t)pipe, "workers")) {
            pipe = (long)row;
            fork = find_row(summary, "fork", workers);
        }
    }
    if (pipe < 0)
        return false;
    *copying = (struct copying){
        .workers = (int)csv_number(summary, (size_t)pipe, "workers"),
        .fork_s = csv_number(summary, (size_t)fork, "wall_median_s"),
        .pipe_s = csv_number(summary, (size_t)pipe, "wall_median_s"),
        .bytes = result_bytes(summary),
    };
    copying->extra_s = copying->pipe_s - copying->fork_s;
    /* Written so that missing intervals (NaN) overlap. */
    copying->within_noise = !(csv_number(summary, (size_t)pipe, "wall_low_s") >
                              csv_number(summary, (size_t)fork, "wall_high_s"));
    return true;
}

bool findings_payback(const struct csv_table *summary, double effort_h, struct payback *payback)
{
    long best = table_best(summary), serial = find_row(summary, "serial", 1);
    if (best < 0 || serial < 0)
        return false;
    *payback =
        (struct payback){.serial_s = csv_number(summary, (size_t)serial, "wall_median_s"),
                         .best_s = csv_number(summary, (size_t)best, "wall_median_s"),
                         .within_noise = csv_number(summary, (size_t)best, "speedup_low") <= 1};
    payback->saved_s = payback->serial_s - payback->best_s;
    payback->runs =
        payback->saved_s > 0 ? ceil(effort_h * 3600 / payback->saved_s) : (double)INFINITY;
    return true;
}

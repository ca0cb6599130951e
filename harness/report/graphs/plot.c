/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/graphs/plot.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/base/output.h"
#include "harness/base/process/interrupt.h"
#include "harness/base/process/leftovers.h"
#include "harness/report/graphs/bands.h"
#include "harness/report/graphs/chart/gnuplot.h"
#include "harness/report/graphs/charts.h"
#include "harness/report/graphs/preview.h"
#include "harness/report/graphs/stacks.h"
#include "harness/report/graphs/timeline.h"
#include "harness/report/graphs/titles.h"
#include "harness/report/graphs/usage.h"
#include "harness/results/forecasts.h"
#include "harness/results/results.h"
#include "harness/results/rows.h"

/* In this order they are drawn; a result has what it takes for each, or it has not. */
enum { SPEEDUP, WALLTIME, EFFICIENCY, TIMELINE, RESOURCES, IMAGES, BLAS, LOSSES, GRAPHS };
static const char *const graphs[GRAPHS] = {"speedup",   "walltime", "efficiency", "timeline",
                                           "resources", "images",   "blas",       "losses"};

/* A file that this result need not have: 0 and nothing where it is not there. */
static int read_rows(const struct column_file *file, const char *directory, void **rows,
                     size_t *count, struct error *error)
{
    char path[PATH_MAX];
    *rows = NULL;
    *count = 0;
    if (output_path(path, directory, file->name, error) != 0)
        return -1;
    return access(path, F_OK) != 0 ? 0 : rows_read(file, path, NULL, rows, count, error);
}

static int put_timeline(const char *directory, FILE *settings, int *made, struct error *error)
{
    void *rows;
    size_t count;
    if (read_rows(&trace_file, directory, &rows, &count, error) != 0)
        return -1;
    int failed = timeline_write(settings, rows, count, made, error);
    free(rows);
    return failed;
}

static int put_usage(const char *directory, FILE *settings, int *made, struct error *error)
{
    void *rows;
    size_t count;
    if (read_rows(&resources_file, directory, &rows, &count, error) != 0)
        return -1;
    usage_write(settings, rows, count, made);
    free(rows);
    return 0;
}

/* Results without a forecast have no such file. */
static int put_band(const char *directory, FILE *settings, struct error *error)
{
    struct forecast_row *rows;
    size_t count;
    if (forecasts_read(directory, &rows, &count, error) != 0)
        return -1;
    int failed = bands_write(settings, rows, count, error);
    free(rows);
    return failed;
}

static int write_settings(const char *directory, const struct result_set *set, int made[GRAPHS],
                          struct error *error)
{
    struct output output;
    if (output_open(&output, directory, "settings.gp", error) != 0)
        return -1;
    titles_write(output.stream, set);
    if (charts_write(output.stream, set, error) != 0 ||
        bands_write_machine(output.stream, set, error) != 0 ||
        put_band(directory, output.stream, error) != 0 ||
        put_timeline(directory, output.stream, &made[TIMELINE], error) != 0 ||
        put_usage(directory, output.stream, &made[RESOURCES], error) != 0 ||
        stacks_write(output.stream, set, &made[LOSSES], error) != 0 ||
        preview_write(directory, output.stream, &made[IMAGES], error) != 0) {
        output_discard(&output);
        return -1;
    }
    made[SPEEDUP] = made[WALLTIME] = made[EFFICIENCY] = 1;
    made[BLAS] = charts_have_blas(set);
    return output_commit(&output, error);
}

int plot_directory(const char *directory, int *drawn, struct error *error)
{
    struct result_set set;
    int made[GRAPHS] = {0}, before = interrupt_count();
    *drawn = 0;
    leftovers_remove(directory); /* a gnuplot whose program was killed may have ended after it */
    if (results_read(directory, &set, error) != 0)
        return -1;
    int failed = write_settings(directory, &set, made, error);
    for (int i = 0; i < GRAPHS && !failed; i++) {
        if (!made[i])
            continue;
        if (interrupt_count() == before)
            failed = gnuplot_draw(directory, "settings.gp", graphs[i], error);
        if (interrupt_count() != before)
            failed = error_set(error, "interrupted",
                               "not all graphs are drawn; `speedup plot %s` draws them", directory);
        *drawn += !failed;
    }
    /* Pixels as SVG are larger and no sharper. */
    struct error ignored;
    if (made[IMAGES] && output_remove(directory, "images.svg", failed ? &ignored : error) != 0)
        failed = -1;
    preview_remove(directory);
    result_set_destroy(&set);
    return failed ? -1 : 0;
}

int plot_walltime(const char *directory, struct error *error)
{
    struct result_set set;
    int made[GRAPHS] = {0};
    if (results_read(directory, &set, error) != 0)
        return -1;
    int failed = write_settings(directory, &set, made, error);
    result_set_destroy(&set);
    return failed ? -1 : gnuplot_draw(directory, "settings.gp", graphs[WALLTIME], error);
}

int plot_watched(const char *directory, const char *command, const struct topology *topology,
                 int *drawn, struct error *error)
{
    struct output output;
    *drawn = 0;
    if (output_open(&output, directory, "settings.gp", error) != 0)
        return -1;
    titles_write_watched(output.stream, command, topology);
    int failed = put_usage(directory, output.stream, drawn, error);
    if (failed || !*drawn) {
        output_discard(&output);
        return failed;
    }
    return output_commit(&output, error) != 0
               ? -1
               : gnuplot_draw(directory, "settings.gp", graphs[RESOURCES], error);
}

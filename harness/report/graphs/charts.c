/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/graphs/charts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/report/graphs/chart/chart.h"
#include "harness/report/table.h"

enum chart_of { CHART_SPEEDUP, CHART_WALLTIME, CHART_EFFICIENCY, CHART_GFLOPS };

/* Pixels of the picture: below the data are tics, a title and two lines of caption, above it a title
 * and the marks of the machine. */
enum { BOTTOM = 158, TOP = 700, PANEL_GAP = 40 };

/* The configurations that are ok, sorted into lines. */
struct sheet {
    const struct result_set *set;
    char (*labels)[LABEL_LENGTH]; /* of the lines */
    struct chart_line *lines;
    const struct summary **rows; /* of the points, in the same order */
    struct chart_point *points;  /* a line's are neighbours */
    int line_count, point_count;
};

static bool is_drawn(const struct summary *summary)
{
    return summary->status == RUN_OK && summary->wall_s.value > 0 && summary->speedup.value > 0;
}

static int compare_workers(const void *one, const void *other)
{
    const struct summary *const *a = one, *const *b = other;
    return ((*a)->setup.config.workers > (*b)->setup.config.workers) -
           ((*a)->setup.config.workers < (*b)->setup.config.workers);
}

/* All rows with this label as one line, in rising order of workers. */
static void add_line(struct sheet *sheet, const char *label)
{
    struct chart_line *line = &sheet->lines[sheet->line_count];
    char other[LABEL_LENGTH];
    snprintf(sheet->labels[sheet->line_count], LABEL_LENGTH, "%s", label);
    *line = (struct chart_line){.name = sheet->labels[sheet->line_count],
                                .style = style_of(label),
                                .points = sheet->points + sheet->point_count};
    const struct summary **rows = sheet->rows + sheet->point_count;
    for (size_t i = 0; i < sheet->set->count; i++) {
        const struct summary *summary = &sheet->set->summaries[i];
        table_label(summary, other);
        if (is_drawn(summary) && strcmp(label, other) == 0)
            rows[line->count++] = summary;
    }
    qsort(rows, (size_t)line->count, sizeof *rows, compare_workers);
    sheet->point_count += line->count;
    sheet->line_count++;
}

static bool has_line(const struct sheet *sheet, const char *label)
{
    for (int i = 0; i < sheet->line_count; i++)
        if (strcmp(sheet->labels[i], label) == 0)
            return true;
    return false;
}

static void sheet_close(struct sheet *sheet)
{
    free(sheet->labels);
    free(sheet->lines);
    free(sheet->rows);
    free(sheet->points);
}

static int sheet_open(struct sheet *sheet, const struct result_set *set, struct error *error)
{
    size_t most = set->count ? set->count : 1;
    *sheet = (struct sheet){.set = set,
                            .labels = calloc(most, sizeof *sheet->labels),
                            .lines = calloc(most, sizeof *sheet->lines),
                            .rows = calloc(most, sizeof *sheet->rows),
                            .points = calloc(most, sizeof *sheet->points)};
    if (!sheet->labels || !sheet->lines || !sheet->rows || !sheet->points) {
        sheet_close(sheet);
        return error_set(error, "graphs", "no memory");
    }
    for (size_t i = 0; i < set->count && sheet->line_count < CHART_LINES_AT_MOST; i++) {
        char label[LABEL_LENGTH];
        table_label(&set->summaries[i], label);
        if (is_drawn(&set->summaries[i]) && !has_line(sheet, label))
            add_line(sheet, label);
    }
    return 0;
}

/* Seconds of the serial strategy; NaN where it has no row that is ok. */
static double serial_seconds(const struct result_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        if (is_drawn(&set->summaries[i]) &&
            strcmp(set->summaries[i].setup.config.strategy, "serial") == 0)
            return set->summaries[i].wall_s.value;
    return (double)NAN;
}

static struct chart_point point_of(const struct summary *summary, enum chart_of what,
                                   double serial_s)
{
    double workers = summary->setup.config.workers;
    struct estimate speedup = summary->speedup, wall = summary->wall_s;
    struct chart_point point = {.workers = workers, .limit = (double)NAN};
    switch (what) {
    case CHART_SPEEDUP:
        point.value = speedup.value;
        point.low = speedup.low;
        point.high = speedup.high;
        point.limit = summary->ceiling;
        break;
    case CHART_EFFICIENCY:
        point.value = speedup.value / workers;
        point.low = speedup.low / workers;
        point.high = speedup.high / workers;
        point.limit = summary->ceiling / workers;
        break;
    case CHART_WALLTIME:
        point.value = wall.value;
        point.low = wall.low;
        point.high = wall.high;
        point.limit = serial_s / summary->ceiling;
        break;
    case CHART_GFLOPS:
        /* Operations are counted, so the speed is as sure as the time. */
        point.value = summary->gflops;
        point.low = summary->gflops * wall.value / wall.high;
        point.high = summary->gflops * wall.value / wall.low;
        break;
    }
    return point;
}

static int write_chart(FILE *settings, struct sheet *sheet, enum chart_of what, struct chart chart,
                       struct error *error)
{
    double serial_s = serial_seconds(sheet->set);
    for (int i = 0; i < sheet->point_count; i++)
        sheet->points[i] = point_of(sheet->rows[i], what, serial_s);
    chart.lines = sheet->lines;
    chart.line_count = sheet->line_count;
    chart.bottom = chart.bottom > 0 ? chart.bottom : BOTTOM;
    chart.top = chart.top > 0 ? chart.top : TOP;
    return chart_write(settings, &chart, error);
}

bool charts_have_blas(const struct result_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        if (is_drawn(&set->summaries[i]) && set->summaries[i].gflops > 0 &&
            strcmp(set->summaries[i].setup.config.strategy, "blas") == 0)
            return true;
    return false;
}

static double most_workers(const struct sheet *sheet)
{
    double most = 1;
    for (int i = 0; i < sheet->point_count; i++)
        most = fmax(most, sheet->rows[i]->setup.config.workers);
    return most;
}

static int write_blas(FILE *settings, struct sheet *sheet, struct error *error)
{
    double middle = (BOTTOM + TOP) / 2.0;
    struct chart upper = {.name = "blas_speedup",
                          .log_when_many = true,
                          .low = 1,
                          .high = most_workers(sheet),
                          .bottom = middle + PANEL_GAP / 2.0};
    struct chart lower = {
        .name = "blas_gflops", .log_when_many = true, .top = middle - PANEL_GAP / 2.0};
    return write_chart(settings, sheet, CHART_SPEEDUP, upper, error) != 0
               ? -1
               : write_chart(settings, sheet, CHART_GFLOPS, lower, error);
}

int charts_write(FILE *settings, const struct result_set *set, struct error *error)
{
    struct sheet sheet;
    if (sheet_open(&sheet, set, error) != 0)
        return -1;
    double serial_s = serial_seconds(set), most = most_workers(&sheet);
    struct chart speedup = {.name = "speedup", .log_when_many = true, .low = 1, .high = most},
                 walltime = {.name = "walltime", .log_when_many = true, .limit_is_least = true},
                 efficiency = {.name = "efficiency", .low = 0.0, .high = 1.05};
    fprintf(settings, "serial_s = %.9g\n", isnan(serial_s) ? 0 : serial_s);
    int failed = write_chart(settings, &sheet, CHART_SPEEDUP, speedup, error) != 0 ||
                 write_chart(settings, &sheet, CHART_WALLTIME, walltime, error) != 0 ||
                 write_chart(settings, &sheet, CHART_EFFICIENCY, efficiency, error) != 0 ||
                 (charts_have_blas(set) && write_blas(settings, &sheet, error) != 0);
    sheet_close(&sheet);
    return failed ? -1 : 0;
}

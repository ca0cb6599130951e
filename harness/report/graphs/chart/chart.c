/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/graphs/chart/chart.h"

#include <math.h>
#include <stdlib.h>

#include "harness/report/graphs/chart/canvas.h"
#include "harness/report/graphs/chart/gnuplot.h"

enum { TIC_GAP = 42 }; /* pixels that a number below the axis needs */

static void put_style(FILE *settings, const struct chart *chart)
{
    fprintf(settings, "%s_colours = \"", chart->name);
    for (int i = 0; i < chart->line_count; i++)
        fprintf(settings, "%s0x%06x", i ? " " : "", chart->lines[i].style.colour);
    fprintf(settings, "\"\n%s_shapes = \"", chart->name);
    for (int i = 0; i < chart->line_count; i++)
        fprintf(settings, "%s%d", i ? " " : "", chart->lines[i].style.shape);
    fprintf(settings, "\"\n%s_dashes = \"", chart->name);
    for (int i = 0; i < chart->line_count; i++)
        fprintf(settings, "%s%d", i ? " " : "", chart->lines[i].style.dash);
    fputs("\"\n", settings);
}

static void put_axes(FILE *settings, const struct canvas *canvas)
{
    const char *name = canvas->chart->name;
    const struct axis *x = &canvas->x, *y = &canvas->y;
    fprintf(settings, "%s_x_low = %.6g\n%s_x_high = %.6g\n", name, x->low, name, x->high);
    fprintf(settings, "%s_y_low = %.6g\n%s_y_high = %.6g\n", name, y->low, name, y->high);
    fprintf(settings, "%s_log_x = %d\n%s_log_y = %d\n", name, x->log, name, y->log);
    fprintf(settings, "%s_left = %.5f\n%s_right = %.5f\n", name, x->begin / PICTURE_WIDTH, name,
            x->end / PICTURE_WIDTH);
    fprintf(settings, "%s_bottom = %.5f\n%s_top = %.5f\n", name, y->begin / PICTURE_HEIGHT, name,
            y->end / PICTURE_HEIGHT);
}

static void put_tics(FILE *settings, const struct canvas *canvas)
{
    double at[CHART_WORKERS_AT_MOST];
    bool labelled[CHART_WORKERS_AT_MOST];
    for (int i = 0; i < canvas->worker_count; i++)
        at[i] = axis_pixel(&canvas->x, canvas->workers[i]);
    layout_thin(at, canvas->worker_count, TIC_GAP, labelled);
    fprintf(settings, "%s_workers = \"", canvas->chart->name);
    for (int i = 0; i < canvas->worker_count; i++)
        fprintf(settings, "%s%.0f", i ? " " : "", canvas->workers[i]);
    fprintf(settings, "\"\n%s_tics = \"", canvas->chart->name);
    for (int i = 0; i < canvas->worker_count; i++)
        fprintf(settings, "%s%d", i ? " " : "", labelled[i]);
    fputs("\"\n", settings);
}

static const struct chart_point *last_of(const struct chart_line *line)
{
    return &line->points[line->count - 1];
}

static void put_names(FILE *settings, const struct canvas *canvas)
{
    const struct chart *chart = canvas->chart;
    char variable[64];
    for (int i = 0; i < chart->line_count; i++) {
        snprintf(variable, sizeof variable, "%s_name_%d", chart->name, i + 1);
        gnuplot_put_string(settings, variable, chart->lines[i].name);
    }
    fprintf(settings, "%s_label_x = \"", chart->name);
    for (int i = 0; i < chart->line_count; i++)
        fprintf(settings, "%s%.5f", i ? " " : "",
                (canvas->labels[i].left ? canvas->left_names : canvas->right_names) /
                    PICTURE_WIDTH);
    fprintf(settings, "\"\n%s_label_y = \"", chart->name);
    for (int i = 0; i < chart->line_count; i++)
        fprintf(settings, "%s%.5f", i ? " " : "", canvas->labels[i].y / PICTURE_HEIGHT);
    fprintf(settings, "\"\n%s_end_x = \"", chart->name);
    for (int i = 0; i < chart->line_count; i++)
        fprintf(settings, "%s%.0f", i ? " " : "", last_of(&chart->lines[i])->workers);
    fprintf(settings, "\"\n%s_end_y = \"", chart->name);
    for (int i = 0; i < chart->line_count; i++)
        fprintf(settings, "%s%.9g", i ? " " : "", last_of(&chart->lines[i])->value);
    fprintf(settings, "\"\n%s_label_side = \"", chart->name);
    for (int i = 0; i < chart->line_count; i++)
        fprintf(settings, "%s%d", i ? " " : "", canvas->labels[i].left ? -1 : 1);
    /* A point of a font is 1.33 pixels; two lines are at least 1.2 times that apart. */
    fprintf(settings, "\"\n%s_font = %d\n", chart->name,
            (int)fmin(16, fmax(6, canvas->name_gap / 1.6)));
}

static void put_line(FILE *settings, const struct canvas *canvas, int number)
{
    const struct chart_line *line = &canvas->chart->lines[number];
    for (int k = 0; k < line->count; k++) {
        const struct chart_point *point = &line->points[k];
        if (k > 0 && canvas_passes_limit(canvas, point - 1, point))
            fputc('\n', settings);
        fprintf(settings, "%.0f %.9g\n", point->workers, point->value);
    }
}

static void put_lines(FILE *settings, const struct canvas *canvas)
{
    fprintf(settings, "%s_lines = %d\n$%s << END\n", canvas->chart->name, canvas->chart->line_count,
            canvas->chart->name);
    for (int i = 0; i < canvas->chart->line_count; i++) {
        if (i > 0)
            fputs("\n\n", settings);
        put_line(settings, canvas, i);
    }
    fputs("END\n", settings);
}

/* gnuplot complains about blocks without a row; so where there is nothing to draw, what is drawn is of
 * no length, below a point. */
static void put_whiskers(FILE *settings, const struct canvas *canvas)
{
    const struct chart *chart = canvas->chart;
    int count = 0;
    fprintf(settings, "$%s_whiskers << END\n", chart->name);
    for (int i = 0; i < chart->line_count; i++)
        for (int k = 0; k < chart->lines[i].count; k++) {
            const struct chart_point *point = &chart->lines[i].points[k];
            if (!canvas_has_whisker(point))
                continue;
            fprintf(settings, "%.6g %.9g %.9g 0x%06x\n", canvas_whisker(canvas, i, point),
                    point->low, point->high, chart->lines[i].style.colour);
            count++;
        }
    const struct chart_point *first = chart->lines[0].points;
    if (count == 0)
        fprintf(settings, "%.6g %.9g %.9g 0\n", first->workers, first->value, first->value);
    fputs("END\n", settings);
}

struct limit {
    double workers, value;
};

static int compare_limits(const void *one, const void *other)
{
    const struct limit *a = one, *b = other;
    if (a->workers != b->workers)
        return a->workers < b->workers ? -1 : 1;
    return (a->value > b->value) - (a->value < b->value);
}

/* Strategies that share a limit share a tick. */
static int put_limits(FILE *settings, const struct canvas *canvas, struct error *error)
{
    const struct chart *chart = canvas->chart;
    size_t most = 1, count = 0;
    int ticks = 0;
    for (int i = 0; i < chart->line_count; i++)
        most += (size_t)chart->lines[i].count;
    struct limit *limits = calloc(most, sizeof *limits);
    if (!limits)
        return error_set(error, chart->name, "no memory to draw it");
    for (int i = 0; i < chart->line_count; i++)
        for (int k = 0; k < chart->lines[i].count; k++) {
            const struct chart_point *point = &chart->lines[i].points[k];
            if (!isnan(point->limit))
                limits[count++] = (struct limit){point->workers, point->limit};
        }
    qsort(limits, count, sizeof *limits, compare_limits);
    fprintf(settings, "$%s_limits << END\n", chart->name);
    for (size_t i = 0; i < count; i++) {
        double begin, end;
        if (i > 0 && limits[i].workers == limits[i - 1].workers &&
            fabs(limits[i].value - limits[i - 1].value) < 1e-6 * limits[i].value)
            continue;
        canvas_tick(canvas, limits[i].workers, limits[i].value, &begin, &end);
        fprintf(settings, "%.6g %.6g %.9g\n", axis_value(&canvas->x, begin),
                axis_value(&canvas->x, end), limits[i].value);
        ticks++;
    }
    const struct chart_point *first = chart->lines[0].points;
    if (ticks == 0)
        fprintf(settings, "%.6g %.6g %.9g\n", first->workers, first->workers, first->value);
    fputs("END\n", settings);
    free(limits);
    return 0;
}

int chart_write(FILE *settings, const struct chart *chart, struct error *error)
{
    struct canvas canvas;
    if (!canvas_lay_out(&canvas, chart))
        return error_set(error, chart->name, "has nothing that could be drawn");
    put_axes(settings, &canvas);
    put_tics(settings, &canvas);
    put_style(settings, chart);
    put_names(settings, &canvas);
    put_lines(settings, &canvas);
    put_whiskers(settings, &canvas);
    return put_limits(settings, &canvas, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/graphs/chart/canvas.h"

#include <gsl/gsl_sort.h>
#include <math.h>

enum {
    LOG_ABOVE = 8,         /* workers */
    LEFT = 132,            /* pixels for the values' tics and their title */
    PAD = 24,              /* pixels between the last point and the edge of the data */
    NAME_OFFSET = 68,      /* pixels from there to the names: their markers and leaders */
    COLUMN_AT_LEAST = 190, /* "96 hardware threads" stands above it */
    NAME_GAP = 27,
    NAME_AT_MOST = 400,
    WHISKER_STEP = 7,
    TICK = 18,
    TICK_AT_LEAST = 4
};

bool canvas_has_whisker(const struct chart_point *point)
{
    return point->high > point->low; /* false for NaN */
}

/* Both loops over the points of all lines, which is shorter than a callback. */
#define FOR_EACH_POINT(chart, line, point)                                                         \
    for (const struct chart_line *line = (chart)->lines;                                           \
         line < (chart)->lines + (chart)->line_count; line++)                                      \
        for (const struct chart_point *point = line->points; point < line->points + line->count;   \
             point++)

static void collect_workers(struct canvas *canvas)
{
    FOR_EACH_POINT(canvas->chart, line, point)
    {
        int i = 0;
        while (i < canvas->worker_count && canvas->workers[i] != point->workers)
            i++;
        if (i == canvas->worker_count && i < CHART_WORKERS_AT_MOST)
            canvas->workers[canvas->worker_count++] = point->workers;
    }
    if (canvas->worker_count > 1)
        gsl_sort(canvas->workers, 1, (size_t)canvas->worker_count);
}

static double most_workers(const struct canvas *canvas)
{
    return canvas->workers[canvas->worker_count - 1];
}

/* Such as the serial strategy's, whose one point is at the left end. */
static bool is_named_left(const struct canvas *canvas, const struct chart_line *line)
{
    return line->points[line->count - 1].workers == canvas->workers[0] && canvas->worker_count > 1;
}

static double name_pixels(const char *name)
{
    return fmin(layout_text_pixels(name), NAME_AT_MOST);
}

static void find_columns(struct canvas *canvas, double *left_pad)
{
    const struct chart *chart = canvas->chart;
    double right = COLUMN_AT_LEAST - NAME_OFFSET, left = 0;
    for (int i = 0; i < chart->line_count; i++) {
        const struct chart_line *line = &chart->lines[i];
        double *room = is_named_left(canvas, line) ? &left : &right;
        *room = fmax(*room, name_pixels(line->name));
    }
    double column = chart->column > 0 ? chart->column : right + NAME_OFFSET;
    canvas->x.begin = LEFT;
    canvas->x.end = PICTURE_WIDTH - column;
    canvas->right_names = canvas->x.end + NAME_OFFSET - 34;
    *left_pad = left > 0 ? left + NAME_OFFSET : 2 * PAD;
}

static void lay_out_x(struct canvas *canvas)
{
    double left_pad, most = most_workers(canvas), least = canvas->workers[0];
    find_columns(canvas, &left_pad);
    double width = canvas->x.end - canvas->x.begin;
    canvas->x.log = most > LOG_ABOVE;
    if (canvas->x.log) {
        /* One number of workers alone gets an octave around it. */
        double octaves = most > least ? log2(most / least) : 1;
        double pixels = (width - left_pad - PAD) / octaves;
        canvas->x.low = least / exp2(left_pad / pixels + (most > least ? 0 : 0.5));
        canvas->x.high = most * exp2(PAD / pixels);
    } else {
        canvas->x.low = 0;
        canvas->x.high = most * width / (width - PAD);
    }
    canvas->gap = width;
    for (int i = 1; i < canvas->worker_count; i++)
        canvas->gap = fmin(canvas->gap, axis_pixel(&canvas->x, canvas->workers[i]) -
                                            axis_pixel(&canvas->x, canvas->workers[i - 1]));
    canvas->left_names = axis_pixel(&canvas->x, least) - NAME_OFFSET + PAD;
}

/* Values and limits all fit in; a whisker that is longer than 30 % of its value may leave the
 * picture. */
static void lay_out_y(struct canvas *canvas)
{
    const struct chart *chart = canvas->chart;
    double low = (double)INFINITY, high = 0;
    FOR_EACH_POINT(chart, line, point)
    {
        low = fmin(fmin(low, point->value), point->limit); /* fmin() leaves out NaN */
        high = fmax(fmax(high, point->value), point->limit);
        if (canvas_has_whisker(point)) {
            high = fmax(high, fmin(point->high, 1.3 * point->value));
            low = fmin(low, fmax(point->low, 0.7 * point->value));
        }
    }
    if (chart->high > chart->low) {
        high = fmax(high, chart->high);
        low = fmin(low, chart->low);
    }
    canvas->y.begin = chart->bottom;
    canvas->y.end = chart->top;
    canvas->y.log = chart->log_when_many && canvas->x.log;
    if (canvas->y.log) {
        canvas->y.low = low / 1.25;
        canvas->y.high = high * 1.12;
    } else {
        canvas->y.low = 0;
        canvas->y.high = high * 1.06;
    }
}

/* The names at one end, spread over the height of the chart. */
static void lay_out_names(struct canvas *canvas, bool left)
{
    const struct chart *chart = canvas->chart;
    double at[CHART_LINES_AT_MOST];
    int lines[CHART_LINES_AT_MOST], count = 0;
    for (int i = 0; i < chart->line_count; i++) {
        const struct chart_line *line = &chart->lines[i];
        if (is_named_left(canvas, line) != left)
            continue;
        at[count] = axis_pixel(&canvas->y, line->points[line->count - 1].value);
        lines[count++] = i;
    }
    layout_spread(at, count, canvas->name_gap, chart->bottom + 6, chart->top - 16);
    for (int k = 0; k < count; k++)
        canvas->labels[lines[k]] = (struct name_label){.y = at[k], .left = left};
}

bool canvas_lay_out(struct canvas *canvas, const struct chart *chart)
{
    *canvas = (struct canvas){.chart = chart};
    collect_workers(canvas);
    if (canvas->worker_count == 0 || chart->line_count > CHART_LINES_AT_MOST)
        return false;
    lay_out_x(canvas);
    lay_out_y(canvas);
    canvas->name_gap = fmin(NAME_GAP, (chart->top - chart->bottom) / chart->line_count);
    lay_out_names(canvas, false);
    lay_out_names(canvas, true);
    return true;
}

double canvas_whisker(const struct canvas *canvas, int line, const struct chart_point *point)
{
    const struct chart *chart = canvas->chart;
    int before = 0, all = 0;
    for (int i = 0; i < chart->line_count; i++)
        for (int k = 0; k < chart->lines[i].count; k++) {
            const struct chart_point *other = &chart->lines[i].points[k];
            if (other->workers != point->workers || !canvas_has_whisker(other))
                continue;
            before += i < line;
            all++;
        }
    double step = fmin(WHISKER_STEP, 0.8 * canvas->gap / (all > 0 ? all : 1));
    double pixel = axis_pixel(&canvas->x, point->workers) + step * (before - (all - 1) / 2.0);
    return axis_value(&canvas->x, pixel);
}

/* Whether `value` (in pixels) is on the wrong side of the limit (in pixels). */
static bool beats(const struct canvas *canvas, double value, double limit)
{
    const double rounding = 1e-6;
    return canvas->chart->limit_is_least ? value < limit - rounding : value > limit + rounding;
}

/* Height of the straight line between two points above pixel `x`; NaN where it does not reach. */
static double height_at(const struct canvas *canvas, const struct chart_point *from,
                        const struct chart_point *to, double x)
{
    double begin = axis_pixel(&canvas->x, from->workers), end = axis_pixel(&canvas->x, to->workers);
    double low = axis_pixel(&canvas->y, from->value), high = axis_pixel(&canvas->y, to->value);
    return x < begin || x > end ? (double)NAN : low + (high - low) * (x - begin) / (end - begin);
}

bool canvas_passes_limit(const struct canvas *canvas, const struct chart_point *from,
                         const struct chart_point *to)
{
    FOR_EACH_POINT(canvas->chart, line, point)
    {
        if (point->workers <= from->workers || point->workers >= to->workers || isnan(point->limit))
            continue;
        double height = height_at(canvas, from, to, axis_pixel(&canvas->x, point->workers));
        if (beats(canvas, height, axis_pixel(&canvas->y, point->limit)))
            return true;
    }
    return false;
}

static const double ROUNDING = 1e-9;

/* Whether some line is on the wrong side of the limit at pixel `x`. */
static bool is_beaten(const struct canvas *canvas, double x, double limit)
{
    double workers = axis_value(&canvas->x, x);
    FOR_EACH_POINT(canvas->chart, line, point)
    {
        /* What is easy to tell comes first: there may be thousands of points. */
        if (point + 1 == line->points + line->count || workers < point->workers * (1 - ROUNDING) ||
            workers > point[1].workers * (1 + ROUNDING) ||
            canvas_passes_limit(canvas, point, point + 1))
            continue;
        if (beats(canvas, height_at(canvas, point, point + 1, x), limit))
            return true;
    }
    return false;
}

void canvas_tick(const struct canvas *canvas, double workers, double limit, double *begin,
                 double *end)
{
    double x = axis_pixel(&canvas->x, workers), y = axis_pixel(&canvas->y, limit);
    double reach = fmin(TICK, 0.4 * canvas->gap), least = fmin(TICK_AT_LEAST, reach);
    *begin = x - (is_beaten(canvas, x - reach, y) ? least : reach);
    *end = x + (is_beaten(canvas, x + reach, y) ? least : reach);
}

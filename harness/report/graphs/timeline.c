/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/graphs/timeline.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "harness/report/graphs/chart/gnuplot.h"
#include "harness/report/graphs/chart/layout.h"
#include "harness/report/graphs/chart/style.h"
#include "harness/report/table.h"

enum { LANES_AT_MOST = 64 };

/* Rows are 17 pixels high, or less where the picture would become higher than a screen. Up to eight
 * workers have a row each; more of them share the height of eight. */
#define ROW_PIXELS 17.0
#define ROWS_AT_MOST 8.0
#define ROWS_AT_LEAST 1.4 /* so that two names do not touch */
#define ROWS_BETWEEN 0.8
enum { MARGIN_PIXELS = 245, HEIGHT_WANTED = 1500, PLOT_PIXELS = 850 };

/* One run: rows first to first + count - 1 of the trace. */
struct lane {
    char label[LABEL_LENGTH];
    size_t first, count;
    int workers, rows; /* rows: 1 where the workers share each task */
    double top, height, end_s;
};

/* A task, or several that are too short to be seen alone, about to be drawn. */
struct bar {
    double start_s, end_s;
    bool pending, light;
};

static struct lane *lane_of(struct lane *lanes, int *count, const char *label)
{
    for (int i = 0; i < *count; i++)
        if (strcmp(lanes[i].label, label) == 0)
            return &lanes[i];
    if (*count == LANES_AT_MOST)
        return NULL;
    struct lane *lane = &lanes[(*count)++];
    *lane = (struct lane){.workers = 0};
    snprintf(lane->label, sizeof lane->label, "%s", label);
    return lane;
}

/* Of each strategy the run on the most workers, wherever in the trace it is. Returns how many
 * lanes. */
static int find_lanes(const struct trace_row *trace, size_t count, struct lane *lanes)
{
    int number = 0;
    for (size_t i = 0; i < count; i++) {
        const struct trace_row *row = &trace[i];
        char label[LABEL_LENGTH];
        config_label(row->strategy, row->lock, row->blas_asked, label, sizeof label);
        struct lane *lane = lane_of(lanes, &number, label);
        if (!lane || row->workers < lane->workers)
            continue;
        if (row->workers > lane->workers) {
            lane->first = i;
            lane->count = 0;
            lane->end_s = 0;
            lane->workers = row->workers;
            lane->rows = strcmp(row->strategy, "blas") == 0 ? 1 : row->workers;
        }
        lane->count++;
        lane->end_s = fmax(lane->end_s, row->time.end_s);
    }
    return number;
}

/* Gives every lane its place; returns the height of them all, in rows. */
static double stack(struct lane *lanes, int count)
{
    double top = 0;
    for (int i = 0; i < count; i++) {
        lanes[i].top = top;
        lanes[i].height = fmin(fmax(lanes[i].rows, ROWS_AT_LEAST), ROWS_AT_MOST);
        top += lanes[i].height + ROWS_BETWEEN;
    }
    return top - ROWS_BETWEEN;
}

/* A run that is far longer than the fastest one goes on beyond the edge. */
static double find_edge(const struct lane *lanes, int count)
{
    double fastest = (double)INFINITY, slowest = 0;
    for (int i = 0; i < count; i++) {
        fastest = fmin(fastest, lanes[i].end_s);
        slowest = fmax(slowest, lanes[i].end_s);
    }
    return slowest < 5 * fastest || !(fastest > 0) ? slowest : 5 * fastest;
}

static void put_lanes(FILE *settings, const struct lane *lanes, int count, double edge)
{
    char name[64], note[64];
    for (int i = 0; i < count; i++) {
        snprintf(name, sizeof name, "timeline_name_%d", i + 1);
        gnuplot_put_string(settings, name, lanes[i].label);
        snprintf(name, sizeof name, "timeline_note_%d", i + 1);
        snprintf(note, sizeof note, lanes[i].end_s <= edge ? " %.3g s" : " on to %.3g s",
                 lanes[i].end_s);
        gnuplot_put_string(settings, name, note);
    }
    fputs("timeline_workers = \"", settings);
    for (int i = 0; i < count; i++)
        fprintf(settings, "%s%d", i ? " " : "", lanes[i].workers);
    fputs("\"\ntimeline_middle = \"", settings);
    for (int i = 0; i < count; i++)
        fprintf(settings, "%s%.4g", i ? " " : "", lanes[i].top + lanes[i].height / 2);
    fputs("\"\ntimeline_end = \"", settings);
    for (int i = 0; i < count; i++)
        fprintf(settings, "%s%.9g", i ? " " : "", fmin(lanes[i].end_s, edge));
    fputs("\"\n$timeline_idle << END\n", settings);
    for (int i = 0; i < count; i++)
        fprintf(settings, "0 %.9g %.4g %.4g\n", fmin(lanes[i].end_s, edge), lanes[i].top,
                lanes[i].top + lanes[i].height);
    fputs("END\n", settings);
}

static void put_bar(FILE *settings, const struct lane *lane, int worker, struct bar *bar,
                    double edge)
{
    double row = lane->height / lane->rows, top = lane->top + row * worker;
    unsigned colour = style_of(lane->label).colour;
    if (bar->pending && bar->start_s < edge)
        fprintf(settings, "%.9g %.9g %.6g %.6g 0x%06x\n", bar->start_s, fmin(bar->end_s, edge),
                top + 0.06 * row, top + 0.94 * row, bar->light ? style_lighter(colour) : colour);
    bar->pending = false;
}

/* Neighbouring tasks of a worker are dark and light by turns. */
static void put_tasks(FILE *settings, const struct lane *lane, const struct trace_row *trace,
                      struct bar *bars, double edge)
{
    double pixel_s = edge / PLOT_PIXELS;
    for (int i = 0; i < lane->rows; i++)
        bars[i] = (struct bar){.light = true};
    for (size_t i = lane->first; i < lane->first + lane->count; i++) {
        int worker = trace[i].time.worker < lane->rows ? trace[i].time.worker : lane->rows - 1;
        struct bar *bar = &bars[worker];
        if (bar->pending && (bar->end_s - bar->start_s > pixel_s ||
                             trace[i].time.start_s - bar->end_s > pixel_s / 2))
            put_bar(settings, lane, worker, bar, edge);
        if (!bar->pending)
            *bar = (struct bar){trace[i].time.start_s, trace[i].time.end_s, true, !bar->light};
        bar->end_s = trace[i].time.end_s;
    }
    for (int i = 0; i < lane->rows; i++)
        put_bar(settings, lane, i, &bars[i], edge);
}

static size_t most_rows(const struct lane *lanes, int count)
{
    int most = 1;
    for (int i = 0; i < count; i++)
        most = lanes[i].rows > most ? lanes[i].rows : most;
    return (size_t)most;
}

int timeline_write(FILE *settings, const struct trace_row *trace, size_t count, int *made,
                   struct error *error)
{
    struct lane lanes[LANES_AT_MOST];
    int number = find_lanes(trace, count, lanes);
    *made = 0;
    if (number == 0)
        return 0;
    struct bar *bars = calloc(most_rows(lanes, number), sizeof *bars);
    if (!bars)
        return error_set(error, "timeline", "no memory to draw it");
    double height = stack(lanes, number), edge = find_edge(lanes, number);
    double row = fmax(fmin(ROW_PIXELS, (HEIGHT_WANTED - MARGIN_PIXELS) / height), 11);
    double longest = 0;
    for (int i = 0; i < number; i++)
        longest = fmax(longest, layout_text_pixels(lanes[i].label));

    fprintf(settings, "timeline_lanes = %d\ntimeline_edge = %.9g\ntimeline_height = %.4g\n", number,
            edge, height);
    fprintf(settings, "timeline_pixels = %.0f\ntimeline_left = %.0f\n",
            fmax(MARGIN_PIXELS + row * height, 500), 100 + longest);
    put_lanes(settings, lanes, number, edge);
    fputs("$timeline << END\n", settings);
    for (int i = 0; i < number; i++)
        put_tasks(settings, &lanes[i], trace, bars, edge);
    fputs("END\n", settings);
    free(bars);
    *made = 1;
    return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/graphs/usage.h"

#include <math.h>
#include <string.h>

#include "harness/report/graphs/chart/gnuplot.h"
#include "harness/report/graphs/chart/style.h"
#include "harness/report/table.h"

enum { RUNS_AT_MOST = 64 };

/* One run: rows `first` to `first + count - 1`. */
struct usage {
    char label[LABEL_LENGTH];
    size_t first, count;
    int workers;
    double end_s;
};

static struct usage *usage_of(struct usage *runs, int *count, const char *label)
{
    for (int i = 0; i < *count; i++)
        if (strcmp(runs[i].label, label) == 0)
            return &runs[i];
    if (*count == RUNS_AT_MOST)
        return NULL;
    struct usage *run = &runs[(*count)++];
    *run = (struct usage){.workers = 0};
    snprintf(run->label, sizeof run->label, "%s", label);
    return run;
}

/* A program that is just ending has given its memory back: such a last reading is not of the run
 * any more. */
static void drop_end(struct usage *run, const struct resources_row *rows)
{
    const struct resources_row *last = &rows[run->first + run->count - 1];
    if (run->count < 2 || 4 * last->reading.memory_kib > (last - 1)->reading.memory_kib)
        return;
    run->count--;
    run->end_s = (last - 1)->reading.time_s;
}

/* Of each strategy the run on the most workers. Returns how many can be drawn. */
static int find_runs(const struct resources_row *rows, size_t count, struct usage *runs)
{
    int number = 0, kept = 0;
    for (size_t i = 0; i < count; i++) {
        char label[LABEL_LENGTH];
        config_label(rows[i].strategy, rows[i].lock, rows[i].blas_asked, label, sizeof label);
        struct usage *run = usage_of(runs, &number, label);
        if (!run || rows[i].workers < run->workers)
            continue;
        if (rows[i].workers > run->workers) {
            run->workers = rows[i].workers;
            run->first = i;
            run->count = 0;
        }
        run->count++;
        run->end_s = rows[i].reading.time_s;
    }
    for (int i = 0; i < number; i++)
        drop_end(&runs[i], rows);
    for (int i = 0; i < number; i++) /* one reading makes no line */
        if (runs[i].count >= 2)
            runs[kept++] = runs[i];
    return kept;
}

static void put_look(FILE *settings, const struct usage *runs, int count)
{
    fputs("resources_colours = \"", settings);
    for (int i = 0; i < count; i++)
        fprintf(settings, "%s0x%06x", i ? " " : "", style_of(runs[i].label).colour);
    fputs("\"\nresources_shapes = \"", settings);
    for (int i = 0; i < count; i++)
        fprintf(settings, "%s%d", i ? " " : "", style_of(runs[i].label).shape);
    fputs("\"\nresources_dashes = \"", settings);
    for (int i = 0; i < count; i++)
        fprintf(settings, "%s%d", i ? " " : "", style_of(runs[i].label).dash);
    fputs("\"\n", settings);
}

static void put_names(FILE *settings, const struct usage *runs, int count, double edge)
{
    char name[64], text[LABEL_LENGTH + 64];
    for (int i = 0; i < count; i++) {
        int used = snprintf(text, sizeof text, "%s on %d", runs[i].label, runs[i].workers);
        if (runs[i].end_s > edge && used > 0)
            snprintf(text + used, sizeof text - (size_t)used, " (%.3g s)", runs[i].end_s);
        snprintf(name, sizeof name, "resources_name_%d", i + 1);
        gnuplot_put_string(settings, name, text);
    }
}

/* A run that is far longer than the fastest one goes on beyond the edge. */
static double find_edge(const struct usage *runs, int count)
{
    double fastest = (double)INFINITY, slowest = 0;
    for (int i = 0; i < count; i++) {
        fastest = fmin(fastest, runs[i].end_s);
        slowest = fmax(slowest, runs[i].end_s);
    }
    return fmin(slowest, 5 * fastest);
}

void usage_write(FILE *settings, const struct resources_row *rows, size_t count, int *made)
{
    struct usage runs[RUNS_AT_MOST];
    int number = find_runs(rows, count, runs);
    double edge = find_edge(runs, number);
    *made = number > 0 && edge > 0;
    if (!*made)
        return;
    fprintf(settings, "resources_lines = %d\nresources_edge = %.9g\n", number, edge);
    put_look(settings, runs, number);
    put_names(settings, runs, number, edge);
    fputs("$resources << END\n", settings);
    for (int i = 0; i < number; i++) {
        for (size_t k = runs[i].first; k < runs[i].first + runs[i].count; k++)
            fprintf(settings, "%.9g %.9g %.9g\n", rows[k].reading.time_s,
                    rows[k].reading.cpu_percent, (double)rows[k].reading.memory_kib / 1024);
        fputs(i + 1 < number ? "\n\n" : "", settings);
    }
    fputs("END\n", settings);
}

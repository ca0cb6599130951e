/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The graph of a comparison, and the file with its rows. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/base/output.h"
#include "harness/report/compare.h"
#include "harness/report/graphs/chart/chart.h"
#include "harness/report/graphs/chart/gnuplot.h"
#include "harness/report/table.h"
#include "harness/results/rows.h"

/* A line of the graph: one strategy of one result. */
struct line {
    int result, count;
    char label[LABEL_LENGTH], number[16];
    struct chart_point *points;
};

/* Number of the line, from 1, that this row belongs to; 0 where there is no room for it. */
static int line_of(struct line *lines, int *count, int result, const char *label)
{
    for (int i = 0; i < *count; i++)
        if (lines[i].result == result && strcmp(lines[i].label, label) == 0)
            return i + 1;
    if (*count == CHART_LINES_AT_MOST)
        return 0;
    struct line *line = &lines[(*count)++];
    *line = (struct line){.result = result};
    snprintf(line->label, sizeof line->label, "%s", label);
    snprintf(line->number, sizeof line->number, "%d", *count);
    return *count;
}

/* In its place among the points of the line, which are in rising order of workers. */
static int add_point(struct line *line, const struct summary *summary, struct error *error)
{
    struct chart_point *more =
        realloc(line->points, ((size_t)line->count + 1) * sizeof *line->points);
    if (!more)
        return error_set(error, "compare", "no memory");
    int at = line->count++;
    line->points = more;
    for (; at > 0 && line->points[at - 1].workers > summary->setup.config.workers; at--)
        line->points[at] = line->points[at - 1];
    line->points[at] = (struct chart_point){.workers = summary->setup.config.workers,
                                            .value = summary->speedup.value,
                                            .low = summary->speedup.low,
                                            .high = summary->speedup.high,
                                            .limit = (double)NAN};
    return 0;
}

static int put_result(const struct comparison *comparison, int result, struct line *lines,
                      int *count, FILE *stream, struct error *error)
{
    const struct result_set *set = &comparison->sets[result];
    struct compare_row row;
    char label[LABEL_LENGTH];
    snprintf(row.result, sizeof row.result, "%s", comparison->names[result]);
    for (size_t i = 0; i < set->count; i++) {
        if (set->summaries[i].status != RUN_OK)
            continue;
        row.summary = set->summaries[i];
        table_label(&row.summary, label);
        row.line = line_of(lines, count, result, label);
        rows_put(stream, &compare_file, &set->machine, &row);
        if (row.line > 0 && row.summary.speedup.value > 0 &&
            add_point(&lines[row.line - 1], &row.summary, error) != 0)
            return -1;
    }
    return 0;
}

static int write_csv(const struct comparison *comparison, const char *directory, struct line *lines,
                     int *count, struct error *error)
{
    struct output output;
    if (output_open(&output, directory, compare_file.name, error) != 0)
        return -1;
    rows_put_header(output.stream, &compare_file);
    for (int i = 0; i < comparison->count; i++)
        if (put_result(comparison, i, lines, count, output.stream, error) != 0) {
            output_discard(&output);
            return -1;
        }
    return output_commit(&output, error);
}

/* The lines that have a point, with their numbers for names; what these stand for is too long for
 * the end of a line. */
static int put_chart(FILE *settings, struct line *lines, int count, struct error *error)
{
    const double bottom = 150, top = 715;
    struct chart_line *drawn = calloc(count > 0 ? (size_t)count : 1, sizeof *drawn);
    struct chart chart = {.name = "compare",
                          .lines = drawn,
                          .log_when_many = true,
                          .low = 1,
                          .high = 1,
                          .bottom = bottom,
                          .top = top,
                          .column = 110};
    if (!drawn)
        return error_set(error, "compare", "no memory");
    for (int i = 0; i < count; i++) {
        if (lines[i].count == 0)
            continue;
        drawn[chart.line_count++] = (struct chart_line){.name = lines[i].number,
                                                        .style = style_number(i),
                                                        .points = lines[i].points,
                                                        .count = lines[i].count};
        chart.high = fmax(chart.high, lines[i].points[lines[i].count - 1].workers);
    }
    int failed = chart_write(settings, &chart, error);
    free(drawn);
    return failed;
}

static int write_settings(const struct comparison *comparison, const char *directory,
                          struct line *lines, int count, struct error *error)
{
    const int line_pixels = 27, pixels = 735;
    struct output output;
    char subject[512], name[32], title[2 * PATH_MAX];
    if (output_open(&output, directory, "compare.gp", error) != 0)
        return -1;
    table_subject(&comparison->sets[0], subject, sizeof subject);
    gnuplot_put_string(output.stream, "what",
                       compare_same_work(comparison) ? subject : "results of different work");
    fputs("caption_1 = \"\"\ncaption_2 = \"\"\nremark = \"\"\ncores = 0\nthreads = 0\n",
          output.stream);
    fprintf(output.stream, "titles = %d\ncompare_pixels = %d\n", count,
            pixels + line_pixels * (count + 1));
    for (int i = 0; i < count; i++) {
        snprintf(name, sizeof name, "title_%d", i + 1);
        snprintf(title, sizeof title, "%d  %s: %s (%s)", i + 1, comparison->names[lines[i].result],
                 lines[i].label, comparison->sets[lines[i].result].machine.cpu);
        gnuplot_put_string(output.stream, name, title);
    }
    if (put_chart(output.stream, lines, count, error) != 0) {
        output_discard(&output);
        return -1;
    }
    return output_commit(&output, error);
}

int compare_draw(const struct comparison *comparison, const char *directory, struct error *error)
{
    struct line *lines = calloc(CHART_LINES_AT_MOST, sizeof *lines);
    int count = 0, failed = 0;
    if (!lines)
        return error_set(error, "compare", "no memory");
    if (write_csv(comparison, directory, lines, &count, error) != 0)
        failed = -1;
    else if (count == 0)
        failed = error_set(error, "compare", "no result has a row that is ok");
    else if (write_settings(comparison, directory, lines, count, error) != 0 ||
             gnuplot_draw(directory, "compare.gp", "compare", error) != 0)
        failed = -1;
    for (int i = 0; i < count; i++)
        free(lines[i].points);
    free(lines);
    return failed;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/compare.h"

#include <stdlib.h>
#include <string.h>

#include "harness/base/output.h"
#include "harness/report/graphs/gnuplot.h"
#include "harness/report/table.h"
#include "harness/results/results.h"
#include "harness/results/rows.h"

enum { LINES_AT_MOST = 256 };

/* A line of the graph: one strategy of one result. */
struct line {
    int result;
    char label[LABEL_LENGTH];
};

int compare_open(struct comparison *comparison, int count, char *const *directories,
                 struct error *error)
{
    size_t results = (size_t)count;
    *comparison = (struct comparison){.names = calloc(results, sizeof *comparison->names),
                                      .sets = calloc(results, sizeof *comparison->sets)};
    if (!comparison->names || !comparison->sets) {
        error_set(error, "compare", "no memory");
        goto failed;
    }
    for (int i = 0; i < count; i++) {
        comparison->names[i] = directories[i];
        if (results_read(directories[i], &comparison->sets[i], error) != 0)
            goto failed;
        comparison->count++;
    }
    return 0;
failed:
    compare_close(comparison);
    return -1;
}

void compare_close(struct comparison *comparison)
{
    for (int i = 0; i < comparison->count; i++)
        result_set_destroy(&comparison->sets[i]);
    free(comparison->sets);
    free(comparison->names);
    *comparison = (struct comparison){.count = 0};
}

/* Of `best`, the result's best strategy, all numbers of workers are shown. */
static bool is_wanted(const struct comparison *comparison, const struct summary *summary,
                      const struct summary *best)
{
    char label[LABEL_LENGTH], best_label[LABEL_LENGTH];
    if (!best || summary->status != RUN_OK)
        return false;
    table_label(summary, label);
    table_label(best, best_label);
    return comparison->all || strcmp(label, best_label) == 0;
}

static bool same_work(const struct comparison *comparison)
{
    const struct setup *first = &comparison->sets[0].summaries[0].setup;
    for (int i = 1; i < comparison->count; i++) {
        const struct setup *setup = &comparison->sets[i].summaries[0].setup;
        if (strcmp(setup->config.filter, first->config.filter) != 0 || setup->ny != first->ny ||
            setup->nx != first->nx || setup->tasks != first->tasks ||
            setup->config.parameters.window != first->config.parameters.window ||
            setup->config.grain != first->config.grain || setup->config.io != first->config.io)
            return false;
    }
    return true;
}

static void print_result(const struct comparison *comparison, int result, FILE *stream)
{
    const struct result_set *set = &comparison->sets[result];
    const struct summary *best = result_set_best(set);
    char cells[TABLE_COLUMNS][TABLE_CELL_LENGTH];
    for (size_t i = 0; i < set->count; i++) {
        const struct summary *summary = &set->summaries[i];
        if (!is_wanted(comparison, summary, best))
            continue;
        table_cells(summary, cells);
        fprintf(stream, "%-20s  %-12s  %-24s  %5d  %-18s  %-20s  %7s  %-22s  %s\n",
                comparison->names[result], set->machine.host, set->machine.cpu, set->machine.cores,
                summary->setup.config.filter, cells[0], cells[1], cells[2], cells[3]);
    }
}

void compare_print(const struct comparison *comparison, FILE *stream)
{
    fprintf(stream, "%-20s  %-12s  %-24s  %5s  %-18s  %-20s  %7s  %-22s  %s\n", "result", "host",
            "cpu", "cores", "filter", table_headings[0], table_headings[1], table_headings[2],
            table_headings[3]);
    for (int i = 0; i < comparison->count; i++)
        print_result(comparison, i, stream);
    if (!same_work(comparison))
        fputs("\nThese are not results of the same work (filter, sizes, window, tasks or input "
              "differ), so their times do not compare, and their speedups only with care.\n",
              stream);
}

/* Number of the line, from 1, that this row belongs to; 0 where there is no room for it. */
static int line_of(struct line *lines, int *count, int result, const char *label)
{
    for (int i = 0; i < *count; i++)
        if (lines[i].result == result && strcmp(lines[i].label, label) == 0)
            return i + 1;
    if (*count == LINES_AT_MOST)
        return 0;
    lines[*count].result = result;
    snprintf(lines[*count].label, sizeof lines[*count].label, "%s", label);
    return ++*count;
}

static void put_result(const struct comparison *comparison, int result, struct line *lines,
                       int *count, FILE *stream)
{
    const struct result_set *set = &comparison->sets[result];
    const struct summary *best = result_set_best(set);
    struct compare_row row;
    char label[LABEL_LENGTH];
    snprintf(row.result, sizeof row.result, "%s", comparison->names[result]);
    for (size_t i = 0; i < set->count; i++) {
        if (!is_wanted(comparison, &set->summaries[i], best))
            continue;
        row.summary = set->summaries[i];
        table_label(&row.summary, label);
        row.line = line_of(lines, count, result, label);
        rows_put(stream, &compare_file, &set->machine, &row);
    }
}

static int write_csv(const struct comparison *comparison, const char *directory, struct line *lines,
                     int *count, struct error *error)
{
    struct output output;
    if (output_open(&output, directory, compare_file.name, error) != 0)
        return -1;
    rows_put_header(output.stream, &compare_file);
    for (int i = 0; i < comparison->count; i++)
        put_result(comparison, i, lines, count, output.stream);
    return output_commit(&output, error);
}

static int write_settings(const struct comparison *comparison, const char *directory,
                          const struct line *lines, int count, struct error *error)
{
    struct output output;
    char subject[512], name[32], title[2 * PATH_MAX];
    if (output_open(&output, directory, "compare.gp", error) != 0)
        return -1;
    table_subject(&comparison->sets[0], subject, sizeof subject);
    gnuplot_put_string(output.stream, "data", "compare.csv");
    gnuplot_put_string(output.stream, "strategies", "");
    gnuplot_put_string(output.stream, "what",
                       same_work(comparison) ? subject : "results of different work");
    gnuplot_put_string(output.stream, "caption", "");
    fprintf(output.stream, "cores = 1e9\nthreads = 1e9\nlines = %d\narray titles[%d]\n", count,
            count);
    for (int i = 0; i < count; i++) {
        snprintf(name, sizeof name, "titles[%d]", i + 1);
        snprintf(title, sizeof title, "%s: %s (%s)", comparison->names[lines[i].result],
                 lines[i].label, comparison->sets[lines[i].result].machine.cpu);
        gnuplot_put_string(output.stream, name, title);
    }
    return output_commit(&output, error);
}

int compare_draw(const struct comparison *comparison, const char *directory, struct error *error)
{
    struct line *lines = calloc(LINES_AT_MOST, sizeof *lines);
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
    free(lines);
    return failed;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/compare.h"

#include <stdlib.h>
#include <string.h>

#include "harness/base/output.h"
#include "harness/measure/config.h"
#include "harness/report/graphs/gnuplot.h"
#include "harness/report/table.h"

enum { LABEL_LENGTH = 2 * NAME_MAX_LENGTH, LINES_AT_MOST = 256 };

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
                                      .tables = calloc(results, sizeof *comparison->tables)};
    if (!comparison->names || !comparison->tables) {
        error_set(error, "compare", "no memory");
        goto failed;
    }
    for (int i = 0; i < count; i++) {
        comparison->names[i] = directories[i];
        if (table_read(&comparison->tables[i], directories[i], error) != 0)
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
        csv_free(&comparison->tables[i]);
    free(comparison->tables);
    free(comparison->names);
    *comparison = (struct comparison){.count = 0};
}

static bool is_wanted(const struct comparison *comparison, int result, size_t row)
{
    const struct csv_table *table = &comparison->tables[result];
    long best = table_best(table);
    char label[LABEL_LENGTH], best_label[LABEL_LENGTH];
    if (best < 0 || strcmp(csv_text(table, row, "status"), "ok") != 0)
        return false;
    table_label(table, row, label, sizeof label);
    table_label(table, (size_t)best, best_label, sizeof best_label);
    return comparison->all || strcmp(label, best_label) == 0;
}

static bool same_work(const struct comparison *comparison)
{
    static const char *const columns[] = {"filter", "ny", "nx", "window", "tasks", "grain", "io"};
    for (int i = 1; i < comparison->count; i++)
        for (size_t k = 0; k < sizeof columns / sizeof columns[0]; k++)
            if (strcmp(csv_text(&comparison->tables[i], 0, columns[k]),
                       csv_text(&comparison->tables[0], 0, columns[k])) != 0)
                return false;
    return true;
}

void compare_print(const struct comparison *comparison, FILE *stream)
{
    fprintf(stream, "%-20s  %-12s  %-24s  %5s  %-18s  %-20s  %7s  %-22s  %s\n", "result", "host",
            "cpu", "cores", "filter", table_headings[0], table_headings[1], table_headings[2],
            table_headings[3]);
    for (int i = 0; i < comparison->count; i++) {
        const struct csv_table *table = &comparison->tables[i];
        for (size_t row = 0; row < table->rows; row++) {
            char cells[TABLE_COLUMNS][TABLE_CELL_LENGTH];
            if (!is_wanted(comparison, i, row))
                continue;
            table_cells(table, row, cells);
            fprintf(stream, "%-20s  %-12s  %-24s  %5s  %-18s  %-20s  %7s  %-22s  %s\n",
                    comparison->names[i], csv_text(table, row, "host"), csv_text(table, row, "cpu"),
                    csv_text(table, row, "cores"), csv_text(table, row, "filter"), cells[0],
                    cells[1], cells[2], cells[3]);
        }
    }
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

static int write_csv(const struct comparison *comparison, const char *directory, struct line *lines,
                     int *count, struct error *error)
{
    static const char *const columns[] = {
        "host",        "cpu",      "cores",       "threads",      "filter",        "ny",
        "nx",          "strategy", "lock",        "workers",      "wall_median_s", "wall_low_s",
        "wall_high_s", "speedup",  "speedup_low", "speedup_high", "blas_asked",    "status"};
    size_t column_count = sizeof columns / sizeof columns[0];
    struct output output;
    if (output_open(&output, directory, "compare.csv", error) != 0)
        return -1;
    fputs("schema,line,result", output.stream);
    for (size_t k = 0; k < column_count; k++)
        fprintf(output.stream, ",%s", columns[k]);
    fputc('\n', output.stream);
    for (int i = 0; i < comparison->count; i++)
        for (size_t row = 0; row < comparison->tables[i].rows; row++) {
            struct csv_row out = {.stream = output.stream};
            char label[LABEL_LENGTH];
            if (!is_wanted(comparison, i, row))
                continue;
            table_label(&comparison->tables[i], row, label, sizeof label);
            csv_put_integer(&out, CSV_SCHEMA);
            csv_put_integer(&out, line_of(lines, count, i, label));
            csv_put_text(&out, comparison->names[i]);
            for (size_t k = 0; k < column_count; k++)
                csv_put_text(&out, csv_text(&comparison->tables[i], row, columns[k]));
            csv_end_row(&out);
        }
    return output_commit(&output, error);
}

static int write_settings(const struct comparison *comparison, const char *directory,
                          const struct line *lines, int count, struct error *error)
{
    struct output output;
    char subject[512], name[32], title[2 * PATH_MAX];
    if (output_open(&output, directory, "compare.gp", error) != 0)
        return -1;
    table_subject(&comparison->tables[0], subject, sizeof subject);
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
                 lines[i].label, csv_text(&comparison->tables[lines[i].result], 0, "cpu"));
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

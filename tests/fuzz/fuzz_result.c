/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "harness/measure/forecast/model.h"
#include "harness/report/brief/brief.h"
#include "harness/report/class/class.h"
#include "harness/report/forecast/prediction.h"
#include "harness/report/graphs/charts.h"
#include "harness/report/graphs/stacks.h"
#include "harness/report/graphs/timeline.h"
#include "harness/report/graphs/titles.h"
#include "harness/report/graphs/usage.h"
#include "harness/report/report.h"
#include "harness/results/results.h"
#include "harness/results/rows.h"
#include "tests/fuzz/fuzz.h"

static const char MARK[] = "\n=== ";
static const char *const names[] = {"summary.csv",   "runs.csv",    "trace.csv",   "losses.csv",
                                    "resources.csv", "machine.txt", "speedup.json"};
enum { NAMES = sizeof names / sizeof names[0] };

/* Where the next part begins; the end where there is none. */
static const uint8_t *find_mark(const uint8_t *at, const uint8_t *end)
{
    const size_t length = sizeof MARK - 1;
    for (; (size_t)(end - at) >= length; at++)
        if (memcmp(at, MARK, length) == 0)
            return at;
    return end;
}

/* "=== NAME", its contents, and so on: each into its file; what is of no name is nowhere. */
static void write_parts(const uint8_t *data, size_t size)
{
    const uint8_t *end = data + size, *at = find_mark(data, end);
    for (int i = 0; i < NAMES; i++)
        fuzz_remove(names[i]);
    while (at < end) {
        const uint8_t *name = at + sizeof MARK - 1, *next = find_mark(name, end);
        const uint8_t *line_end = memchr(name, '\n', (size_t)(next - name));
        for (int i = 0; i < NAMES && line_end; i++)
            if ((size_t)(line_end - name) == strlen(names[i]) &&
                memcmp(name, names[i], strlen(names[i])) == 0)
                fuzz_write(names[i], line_end + 1, (size_t)(next - line_end - 1));
        at = next;
    }
}

static void path_of(char path[PATH_MAX], const char *name)
{
    snprintf(path, PATH_MAX, "%s/%s", fuzz_directory(), name);
}

static void put_rows(FILE *settings, const struct column_file *file)
{
    char path[PATH_MAX];
    struct error error = {""};
    void *rows;
    size_t count;
    int made;
    path_of(path, file->name);
    if (rows_read(file, path, NULL, &rows, &count, &error) != 0) {
        fuzz_check_error(&error);
        return;
    }
    if (file == &resources_file)
        usage_write(settings, rows, count, &made);
    else
        timeline_write(settings, rows, count, &made, &error);
    free(rows);
}

/* As plot.c does, without gnuplot. */
static void plot(const struct result_set *set)
{
    char path[PATH_MAX];
    struct error error = {""};
    int made;
    path_of(path, "settings.gp");
    FILE *settings = fopen(path, "w");
    fuzz_check(settings != NULL, "a file cannot be written");
    titles_write(settings, set);
    if (charts_write(settings, set, &error) != 0)
        fuzz_check_error(&error);
    put_rows(settings, &trace_file);
    put_rows(settings, &resources_file);
    if (stacks_write(settings, set, &made, &error) != 0)
        fuzz_check_error(&error);
    fclose(settings);
    fuzz_check_settings("settings.gp");
}

static void report(const struct result_set *set)
{
    struct error error = {""};
    brief_print(set, fuzz_nowhere());
    if (report_write(fuzz_directory(), 1, &error) == 0)
        fuzz_check_page("report.html");
    else
        fuzz_check_error(&error);
}

static void predict(void)
{
    static const int workers[] = {1, 2, 8, 64};
    struct error error = {""};
    struct machine_model machine;
    fuzz_check(model_of_text(&machine, "--topology", "8P+16E", &error) == 0, "no model");
    if (prediction_print(fuzz_directory(), &machine, workers, 4, fuzz_nowhere(), &error) != 0)
        fuzz_check_error(&error);
    model_destroy(&machine);
}

static void read_runs(void)
{
    struct error error = {""};
    struct run_record *runs;
    size_t count;
    if (results_read_runs(fuzz_directory(), &runs, &count, &error) == 0)
        free(runs);
    else
        fuzz_check_error(&error);
}

void fuzz_result(const uint8_t *data, size_t size)
{
    struct result_set set;
    struct error error = {""};
    write_parts(data, size);
    read_runs();
    if (results_read(fuzz_directory(), &set, &error) != 0) {
        fuzz_check_error(&error);
        return;
    }
    fuzz_check(set.count > 0, "a result without a row");
    plot(&set);
    report(&set);
    predict();
    result_set_destroy(&set);
}

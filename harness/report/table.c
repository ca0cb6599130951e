/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/table.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "harness/base/output.h"
#include "harness/measure/config.h"

int table_read(struct csv_table *summary, const char *directory, struct error *error)
{
    char path[PATH_MAX], runs[PATH_MAX];
    if (output_path(path, directory, "summary.csv", error) != 0 ||
        output_path(runs, directory, "runs.csv", error) != 0)
        return -1;
    if (access(path, F_OK) != 0 && access(runs, F_OK) == 0)
        return error_set(error, path,
                         "is missing, but runs.csv is there: the benchmark was interrupted before "
                         "it was summarised; measure again with `speedup bench --out %s`",
                         directory);
    if (csv_read(summary, path, error) != 0)
        return -1;
    if (summary->rows > 0)
        return 0;
    csv_free(summary);
    return error_set(error, path, "has no row but the header");
}

void table_label(const struct csv_table *table, size_t row, char *label, size_t size)
{
    config_label(csv_text(table, row, "strategy"), csv_text(table, row, "lock"),
                 csv_text(table, row, "blas_asked"), label, size);
}

void table_word(const struct csv_table *table, size_t row, char *word, size_t size)
{
    config_word(csv_text(table, row, "strategy"), csv_text(table, row, "lock"),
                csv_text(table, row, "blas_asked"), word, size);
}

const char *const table_headings[TABLE_COLUMNS] = {
    "strategy", "workers", "wall s (95 % CI)", "speedup (95 % CI)",
    "ceiling",  "of it",   "effic.",           "CPU",
    "memory",   "status",  "GFLOP/s"};

/* On the terminal; negative: to the left. */
static const int widths[TABLE_COLUMNS] = {-20, 7, -22, -22, 7, 6, 6, 6, 8, -7, 7};

/* "12.3 (12.1-12.5)", or "12.3" where there is no interval, or "-" where there is nothing. */
static void put_estimate(const struct csv_table *summary, size_t row, const char *value,
                         const char *low, const char *high, const char *format,
                         char cell[TABLE_CELL_LENGTH])
{
    char number[3][24];
    double numbers[3] = {csv_number(summary, row, value), csv_number(summary, row, low),
                         csv_number(summary, row, high)};
    for (int i = 0; i < 3; i++)
        snprintf(number[i], sizeof number[i], format, numbers[i]);
    if (isnan(numbers[0]))
        snprintf(cell, TABLE_CELL_LENGTH, "-");
    else if (isnan(numbers[1]))
        snprintf(cell, TABLE_CELL_LENGTH, "%s", number[0]);
    else
        snprintf(cell, TABLE_CELL_LENGTH, "%s (%s-%s)", number[0], number[1], number[2]);
}

static void put_number(const char *format, double value, char cell[TABLE_CELL_LENGTH])
{
    if (isnan(value))
        snprintf(cell, TABLE_CELL_LENGTH, "-");
    else
        snprintf(cell, TABLE_CELL_LENGTH, format, value);
}

void table_cells(const struct csv_table *summary, size_t row,
                 char cells[TABLE_COLUMNS][TABLE_CELL_LENGTH])
{
    double speedup = csv_number(summary, row, "speedup");
    double ceiling = csv_number(summary, row, "ceiling");
    table_label(summary, row, cells[0], TABLE_CELL_LENGTH);
    snprintf(cells[1], TABLE_CELL_LENGTH, "%s", csv_text(summary, row, "workers"));
    put_estimate(summary, row, "wall_median_s", "wall_low_s", "wall_high_s", "%.4g", cells[2]);
    put_estimate(summary, row, "speedup", "speedup_low", "speedup_high", "%.3f", cells[3]);
    put_number("%.2f", ceiling, cells[4]);
    put_number("%.0f %%", 100 * speedup / ceiling, cells[5]);
    put_number("%.0f %%", 100 * csv_number(summary, row, "efficiency"), cells[6]);
    put_number("%.0f %%", 100 * csv_number(summary, row, "cpu_utilisation"), cells[7]);
    put_number("%.0f MiB", csv_number(summary, row, "max_rss_kib") / 1024, cells[8]);
    snprintf(cells[9], TABLE_CELL_LENGTH, "%s", csv_text(summary, row, "status"));
    put_number("%.1f", csv_number(summary, row, "gflops"), cells[10]);
}

int table_width(const struct csv_table *summary)
{
    for (size_t row = 0; row < summary->rows; row++)
        if (!isnan(csv_number(summary, row, "gflops")))
            return TABLE_COLUMNS;
    return TABLE_COLUMNS - 1;
}

/* Words at the end of a line are not filled up with blanks. */
static void put_cell(FILE *stream, int column, bool last, const char *text)
{
    int width = last && widths[column] < 0 ? 0 : widths[column];
    fprintf(stream, "%s%*s%s", column ? "  " : "", width, text, last ? "\n" : "");
}

void table_print(const struct csv_table *summary, FILE *stream)
{
    char cells[TABLE_COLUMNS][TABLE_CELL_LENGTH];
    int columns = table_width(summary);
    for (int i = 0; i < columns; i++)
        put_cell(stream, i, i == columns - 1, table_headings[i]);
    for (size_t row = 0; row < summary->rows; row++) {
        table_cells(summary, row, cells);
        for (int i = 0; i < columns; i++)
            put_cell(stream, i, i == columns - 1, cells[i]);
    }
}

long table_best(const struct csv_table *summary)
{
    long best = -1;
    for (size_t row = 0; row < summary->rows; row++) {
        double speedup = csv_number(summary, row, "speedup");
        if (strcmp(csv_text(summary, row, "status"), "ok") != 0 || isnan(speedup))
            continue;
        if (best < 0 || speedup > csv_number(summary, (size_t)best, "speedup"))
            best = (long)row;
    }
    return best;
}

int table_images(const struct csv_table *summary)
{
    /* There is no column for it, but activity_speedup = images * t0 / wall time. */
    long best = table_best(summary);
    if (best < 0)
        return 0;
    size_t row = (size_t)best;
    double images = csv_number(summary, row, "activity_speedup") *
                    csv_number(summary, row, "wall_median_s") / csv_number(summary, row, "t0_s");
    return isnan(images) ? 0 : (int)lround(images);
}

void table_subject(const struct csv_table *summary, char *text, size_t size)
{
    int images = table_images(summary);
    double latency_s = csv_number(summary, 0, "latency_s");
    if (latency_s >= 0) /* false for NaN: it does not wait */
        snprintf(text, size, "%s, %d tasks of %g ms", csv_text(summary, 0, "filter"), images,
                 1e3 * latency_s);
    else if (*csv_text(summary, 0, "ny"))
        snprintf(text, size, "%s, %d image%s of %sx%s", csv_text(summary, 0, "filter"), images,
                 images == 1 ? "" : "s", csv_text(summary, 0, "ny"), csv_text(summary, 0, "nx"));
    else
        snprintf(text, size, "%s, %d images of several sizes", csv_text(summary, 0, "filter"),
                 images);
}

void table_print_best(const struct csv_table *summary, FILE *stream)
{
    long best = table_best(summary);
    int images = table_images(summary);
    if (best < 0) {
        fprintf(stream, "No result: nothing ran to its end and was right.\n");
        return;
    }
    size_t row = (size_t)best;
    char label[TABLE_CELL_LENGTH];
    const char *workers = csv_text(summary, row, "workers");
    const char *cores = csv_text(summary, row, "cores");
    table_label(summary, row, label, sizeof label);
    fprintf(stream, "Best speedup: %.2f", csv_number(summary, row, "speedup"));
    if (!isnan(csv_number(summary, row, "speedup_low")))
        fprintf(stream, " (95 %% CI %.2f-%.2f)", csv_number(summary, row, "speedup_low"),
                csv_number(summary, row, "speedup_high"));
    fprintf(stream, " with %s on %s worker%s, %s core%s (%s).\n", label, workers,
            strcmp(workers, "1") == 0 ? "" : "s", cores, strcmp(cores, "1") == 0 ? "" : "s",
            csv_text(summary, row, "cpu"));
    fprintf(stream,
            "As the activity defines it: speedup = %d * t0 / tp = %d * %.4f s / %.4f s = %.2f.\n",
            images, images, csv_number(summary, row, "t0_s"),
            csv_number(summary, row, "wall_median_s"),
            csv_number(summary, row, "activity_speedup"));
}

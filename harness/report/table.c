/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/table.h"

#include <math.h>
#include <string.h>

#include "harness/report/findings.h"

void table_label(const struct summary *summary, char label[LABEL_LENGTH])
{
    const struct config *config = &summary->setup.config;
    config_label(config->strategy, config->lock, config->blas_threads, label, LABEL_LENGTH);
}

const char *const table_headings[TABLE_COLUMNS] = {
    "strategy", "workers", "wall s (95 % CI)", "speedup (95 % CI)",
    "ceiling",  "of it",   "effic.",           "CPU",
    "memory",   "status",  "GFLOP/s"};

/* On the terminal; negative: to the left. */
static const int widths[TABLE_COLUMNS] = {-20, 7, -22, -22, 7, 6, 6, 6, 8, -7, 7};

/* "12.31 (12.15-12.47)", with as many digits as the interval allows; where there is none, the value
 * alone in this format; "-" where there is no value. */
static void put_estimate(const struct estimate *estimate, const char *format,
                         char cell[TABLE_CELL_LENGTH])
{
    int decimals = statistics_decimals(estimate);
    if (isnan(estimate->value))
        snprintf(cell, TABLE_CELL_LENGTH, "-");
    else if (estimate->high > estimate->low)
        snprintf(cell, TABLE_CELL_LENGTH, "%.*f (%.*f-%.*f)", decimals, estimate->value, decimals,
                 estimate->low, decimals, estimate->high);
    else
        snprintf(cell, TABLE_CELL_LENGTH, format, estimate->value);
}

static void put_number(const char *format, double value, char cell[TABLE_CELL_LENGTH])
{
    if (isnan(value))
        snprintf(cell, TABLE_CELL_LENGTH, "-");
    else
        snprintf(cell, TABLE_CELL_LENGTH, format, value);
}

void table_cells(const struct summary *summary, char cells[TABLE_COLUMNS][TABLE_CELL_LENGTH])
{
    char label[LABEL_LENGTH];
    table_label(summary, label);
    snprintf(cells[0], TABLE_CELL_LENGTH, "%s", label);
    snprintf(cells[1], TABLE_CELL_LENGTH, "%d", summary->setup.config.workers);
    put_estimate(&summary->wall_s, "%.4g", cells[2]);
    put_estimate(&summary->speedup, "%.2f", cells[3]);
    put_number("%.2f", summary->ceiling, cells[4]);
    put_number("%.0f %%", 100 * summary->speedup.value / summary->ceiling, cells[5]);
    put_number("%.0f %%", 100 * summary->efficiency, cells[6]);
    put_number("%.0f %%", 100 * summary->cpu_utilisation, cells[7]);
    put_number("%.0f MiB", summary->max_rss_kib / 1024, cells[8]);
    snprintf(cells[9], TABLE_CELL_LENGTH, "%s", status_names[summary->status]);
    put_number("%.1f", summary->gflops, cells[10]);
}

int table_width(const struct result_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        if (!isnan(set->summaries[i].gflops))
            return TABLE_COLUMNS;
    return TABLE_COLUMNS - 1;
}

/* Words at the end of a line are not filled up with blanks. */
static void put_cell(FILE *stream, int column, bool last, const char *text)
{
    int width = last && widths[column] < 0 ? 0 : widths[column];
    fprintf(stream, "%s%*s%s", column ? "  " : "", width, text, last ? "\n" : "");
}

void table_print(const struct result_set *set, FILE *stream)
{
    char cells[TABLE_COLUMNS][TABLE_CELL_LENGTH];
    int columns = table_width(set);
    for (int i = 0; i < columns; i++)
        put_cell(stream, i, i == columns - 1, table_headings[i]);
    for (size_t row = 0; row < set->count; row++) {
        table_cells(&set->summaries[row], cells);
        for (int i = 0; i < columns; i++)
            put_cell(stream, i, i == columns - 1, cells[i]);
    }
}

void table_subject(const struct result_set *set, char *text, size_t size)
{
    const struct setup *setup = &set->summaries[0].setup;
    const char *filter = setup->config.filter;
    int images = setup->images;
    if (!isnan(setup->latency_s)) /* it waits */
        snprintf(text, size, "%s, %d tasks of %g ms", filter, images, 1e3 * setup->latency_s);
    else if (setup->ny > 0)
        snprintf(text, size, "%s, %d image%s of %zux%zu", filter, images, images == 1 ? "" : "s",
                 setup->ny, setup->nx);
    else if (strcmp(filter, "command") == 0)
        snprintf(text, size, "a command of one's own, %d task%s", images, images == 1 ? "" : "s");
    else
        snprintf(text, size, "%s, %d images of several sizes", filter, images);
}

void table_print_best(const struct result_set *set, FILE *stream)
{
    const struct summary *best = result_set_best(set);
    const struct machine_facts *machine = &set->machine;
    char label[LABEL_LENGTH], verdict[FINDING_LENGTH];
    findings_verdict_text(set, verdict);
    if (*verdict)
        fprintf(stream, "%s\n", verdict);
    if (!machine_is_fit(machine))
        return;
    if (!best) {
        fprintf(stream, "No result: nothing ran to its end and was right.\n");
        return;
    }
    int images = best->setup.images, workers = best->setup.config.workers;
    table_label(best, label);
    fprintf(stream, "Best speedup: %.2f", best->speedup.value);
    if (best->speedup.high > best->speedup.low)
        fprintf(stream, " (95 %% CI %.2f-%.2f)", best->speedup.low, best->speedup.high);
    fprintf(stream, " with %s on %d worker%s, %d core%s (%s).\n", label, workers,
            workers == 1 ? "" : "s", machine->cores, machine->cores == 1 ? "" : "s", machine->cpu);
    if (!isnan(best->activity_speedup))
        fprintf(
            stream,
            "As the activity defines it: speedup = %d * t0 / tp = %d * %.4g s / %.4g s = %.2f.\n",
            images, images, best->t0_s, best->wall_s.value, best->activity_speedup);
}

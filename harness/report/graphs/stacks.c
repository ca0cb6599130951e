/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/graphs/stacks.h"

#include <math.h>
#include <stdlib.h>

#include "harness/report/graphs/chart/gnuplot.h"
#include "harness/report/table.h"

/* More bars than these cannot be read; pixels of the picture: around the bars, and for each. */
enum { ROWS_AT_MOST = 20, AROUND = 350, PER_ROW = 44, PIXELS_AT_LEAST = 560 };

/* Names that fit beside the bars. */
static const char *const short_names[LOSSES_PARTS] = {"counting",
                                                      "uneven tasks, the last one",
                                                      "hand-out",
                                                      "start and stop",
                                                      "waiting for each other",
                                                      "no CPU",
                                                      "slower tasks",
                                                      "not explained"};

static int compare_gaps(const void *one, const void *other)
{
    const struct summary *const *a = one, *const *b = other;
    return ((*a)->losses.gap < (*b)->losses.gap) - ((*a)->losses.gap > (*b)->losses.gap);
}

/* The worst first; returns how many. */
static int sort_rows(const struct result_set *set, const struct summary **rows)
{
    int count = 0;
    for (size_t i = 0; i < set->count; i++)
        if (set->summaries[i].setup.config.workers > 1 && set->summaries[i].status == RUN_OK &&
            !isnan(set->summaries[i].losses.gap))
            rows[count++] = &set->summaries[i];
    qsort(rows, (size_t)count, sizeof *rows, compare_gaps);
    return count < ROWS_AT_MOST ? count : ROWS_AT_MOST;
}

static void put_pieces(FILE *settings, int row, const struct losses *losses, double *low,
                       double *high)
{
    double left = 0, right = 0;
    for (int part = 0; part < LOSSES_PARTS; part++) {
        double value = losses_part(losses, part), *end = value < 0 ? &left : &right;
        fprintf(settings, "%d %.6g %.6g %d\n", row, *end, *end + value, part + 1);
        *end += value;
    }
    *low = fmin(*low, left);
    *high = fmax(*high, right);
}

int stacks_write(FILE *settings, const struct result_set *set, int *made, struct error *error)
{
    const struct summary **rows = calloc(set->count ? set->count : 1, sizeof *rows);
    char name[32], label[LABEL_LENGTH], text[LABEL_LENGTH + 32];
    double low = 0, high = 0.01;
    *made = 0;
    if (!rows)
        return error_set(error, "losses", "no memory to draw them");
    int count = sort_rows(set, rows);
    *made = count > 0;
    for (int i = 0; i < count; i++) {
        table_label(rows[i], label);
        snprintf(text, sizeof text, "%s on %d", label, rows[i]->setup.config.workers);
        snprintf(name, sizeof name, "losses_name_%d", i + 1);
        gnuplot_put_string(settings, name, text);
    }
    for (int part = 0; part < LOSSES_PARTS && *made; part++) {
        snprintf(name, sizeof name, "losses_part_%d", part + 1);
        gnuplot_put_string(settings, name, short_names[part]);
    }
    if (*made) {
        int pixels = AROUND + PER_ROW * count;
        fputs("$losses << END\n", settings);
        for (int i = 0; i < count; i++)
            put_pieces(settings, i + 1, &rows[i]->losses, &low, &high);
        fprintf(settings, "END\nlosses_rows = %d\nlosses_pixels = %d\n", count,
                pixels > PIXELS_AT_LEAST ? pixels : PIXELS_AT_LEAST);
        fprintf(settings, "losses_low = %.6g\nlosses_high = %.6g\n", 1.03 * low, 1.03 * high);
    }
    free(rows);
    return 0;
}

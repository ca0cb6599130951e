/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/corners.h"

#include <math.h>
#include <string.h>

enum { OFF, ON };

static double number(const struct csv_table *summary, size_t row, const char *column)
{
    return csv_number(summary, row, column);
}

static bool is(const struct csv_table *summary, size_t row, const char *strategy)
{
    return strcmp(csv_text(summary, row, "strategy"), strategy) == 0;
}

/* The row like `row` with so many BLAS threads, or with the first number above 1 where `threads` is
 * 0; -1 where there is none. */
static long find_twin(const struct csv_table *summary, size_t row, double threads)
{
    static const char *const same[] = {"strategy", "workers", "lock"};
    for (size_t other = 0; other < summary->rows; other++) {
        double asked = number(summary, other, "blas_asked");
        bool alike = strcmp(csv_text(summary, other, "status"), "ok") == 0 &&
                     (threads > 0 ? asked == threads : asked > 1);
        for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
            alike = alike &&
                    strcmp(csv_text(summary, other, same[i]), csv_text(summary, row, same[i])) == 0;
        if (alike)
            return (long)other;
    }
    return -1;
}

static long find_blas(const struct csv_table *summary, double threads)
{
    for (size_t row = 0; row < summary->rows; row++)
        if (is(summary, row, "blas") && number(summary, row, "workers") == threads &&
            strcmp(csv_text(summary, row, "status"), "ok") == 0)
            return (long)row;
    return -1;
}

/* More workers that still have a core each; of as many, the faster strategy. */
static bool is_better(const struct csv_table *summary, size_t row, size_t best)
{
    double workers = number(summary, row, "workers"), others = number(summary, best, "workers");
    if (workers != others)
        return workers > others;
    return number(summary, row, "wall_median_s") < number(summary, best, "wall_median_s");
}

bool corners_find(const struct csv_table *summary, struct corners *corners)
{
    bool found = false;
    for (size_t row = 0; row < summary->rows; row++) {
        double workers = number(summary, row, "workers");
        if (is(summary, row, "serial") || is(summary, row, "blas") || workers < 2 ||
            workers > number(summary, row, "cores") || find_twin(summary, row, 1) != (long)row)
            continue;
        long both = find_twin(summary, row, 0);
        long blas = both < 0 ? -1 : find_blas(summary, number(summary, (size_t)both, "blas_asked"));
        if (blas < 0 || (found && !is_better(summary, row, corners->row[ON][OFF])))
            continue;
        found = true;
        *corners = (struct corners){
            .strategy = csv_text(summary, row, "strategy"),
            .workers = (int)workers,
            .blas_threads = (int)number(summary, (size_t)both, "blas_asked"),
            .row = {{0, (size_t)blas}, {row, (size_t)both}},
        };
    }
    return found && is(summary, 0, "serial") && strcmp(csv_text(summary, 0, "status"), "ok") == 0;
}

/* "2.96 (2.69-3.20)", or without the interval where there is none. */
static void add_speedup(char text[FINDING_LENGTH], const struct csv_table *summary, size_t row)
{
    findings_add(text, "%.2f", number(summary, row, "speedup"));
    if (!isnan(number(summary, row, "speedup_low")))
        findings_add(text, " (%.2f-%.2f)", number(summary, row, "speedup_low"),
                     number(summary, row, "speedup_high"));
}

static void add_wall(char text[FINDING_LENGTH], const struct csv_table *summary, size_t row)
{
    findings_add(text, "%.3g", number(summary, row, "wall_median_s"));
    if (!isnan(number(summary, row, "wall_low_s")))
        findings_add(text, " (%.3g-%.3g)", number(summary, row, "wall_low_s"),
                     number(summary, row, "wall_high_s"));
}

void corners_cells(const struct csv_table *summary, const struct corners *corners,
                   char cells[3][CORNER_COLUMNS][FINDING_LENGTH])
{
    memset(cells, 0, 3 * sizeof cells[0]);
    findings_add(cells[0][0], "s; speedup (95 %% CI)");
    findings_add(cells[0][1], "BLAS threads off");
    findings_add(cells[0][2], "BLAS threads on (%d)", corners->blas_threads);
    findings_add(cells[1][0], "one worker (serial, blas)");
    findings_add(cells[2][0], "%d workers (%s)", corners->workers, corners->strategy);
    for (int own = OFF; own <= ON; own++)
        for (int blas = OFF; blas <= ON; blas++) {
            char *cell = cells[1 + own][1 + blas];
            add_wall(cell, summary, corners->row[own][blas]);
            findings_add(cell, " s; ");
            add_speedup(cell, summary, corners->row[own][blas]);
        }
}

/* -1: row a was faster than row b beyond their intervals, 1: slower, 0: cannot be told. */
static int compare(const struct csv_table *summary, size_t a, size_t b)
{
    /* Written so that missing intervals (NaN) overlap. */
    if (number(summary, a, "wall_high_s") < number(summary, b, "wall_low_s"))
        return -1;
    return number(summary, a, "wall_low_s") > number(summary, b, "wall_high_s");
}

void corners_text(const struct csv_table *summary, const struct corners *corners,
                  char text[FINDING_LENGTH])
{
    size_t blas = corners->row[OFF][ON], own = corners->row[ON][OFF], both = corners->row[ON][ON];
    double ratio = number(summary, both, "wall_median_s") / number(summary, own, "wall_median_s");
    int layers = corners->workers * corners->blas_threads;
    double cores = number(summary, 0, "cores");

    text[0] = '\0';
    findings_add(text, "The library's %d threads alone make it ", corners->blas_threads);
    add_speedup(text, summary, blas);
    findings_add(text,
                 " times as fast, with nothing to write. %d workers of %s with BLAS threads off: ",
                 corners->workers, corners->strategy);
    add_speedup(text, summary, own);
    findings_add(text, ". Both layers on are %d threads on %.0f cores: ", layers, cores);
    add_speedup(text, summary, both);
    findings_add(text, ", %.2f times the wall time of %s alone", ratio, corners->strategy);
    switch (compare(summary, both, own)) {
    case 1:
        findings_add(
            text,
            ", beyond the noise. What to do: under your own parallelism turn BLAS threads off "
            "(OPENBLAS_NUM_THREADS=1, MKL_NUM_THREADS=1, BLIS_NUM_THREADS=1, OMP_NUM_THREADS=1).");
        break;
    case -1:
        findings_add(
            text, ", so here the second layer gained something: look at what the workers wait for. "
                  "Elsewhere it mostly costs, so measure before you leave BLAS threads on.");
        break;
    default:
        findings_add(
            text,
            ", which may be noise. The second layer gains nothing, so turn BLAS threads off under "
            "your own parallelism (OPENBLAS_NUM_THREADS=1, MKL_NUM_THREADS=1, "
            "BLIS_NUM_THREADS=1, OMP_NUM_THREADS=1).");
    }
    if (number(summary, blas, "wall_median_s") <= number(summary, own, "wall_median_s"))
        findings_add(text,
                     " And as the library's threads alone are no slower than %s, you need none of "
                     "your own for this work.",
                     corners->strategy);
}

void corners_print(const struct csv_table *summary, const struct corners *corners, FILE *stream)
{
    char cells[3][CORNER_COLUMNS][FINDING_LENGTH], text[FINDING_LENGTH];
    corners_cells(summary, corners, cells);
    for (int row = 0; row < 3; row++)
        fprintf(stream, "%-26s  %-40s  %s\n", cells[row][0], cells[row][1], cells[row][2]);
    corners_text(summary, corners, text);
    fprintf(stream, "\n%s\n", text);
}

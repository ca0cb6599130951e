/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/corners.h"

#include <math.h>
#include <string.h>

#include "harness/report/pairs.h"

enum { OFF, ON };

static const struct config *config_of(const struct summary *summary)
{
    return &summary->setup.config;
}

static bool is(const struct summary *summary, const char *strategy)
{
    return strcmp(config_of(summary)->strategy, strategy) == 0;
}

/* The right one like `summary` with so many BLAS threads, or with the first number above 1 where
 * `threads` is 0; NULL where there is none. */
static const struct summary *find_twin(const struct result_set *set, const struct summary *summary,
                                       int threads)
{
    const struct config *wanted = config_of(summary);
    for (size_t i = 0; i < set->count; i++) {
        const struct summary *other = &set->summaries[i];
        const struct config *config = config_of(other);
        if (other->status == RUN_OK && is(other, wanted->strategy) &&
            config->workers == wanted->workers && config->lock == wanted->lock &&
            (threads > 0 ? config->blas_threads == threads : config->blas_threads > 1))
            return other;
    }
    return NULL;
}

/* More workers that still have a core each; of as many, the faster strategy. */
static bool is_better(const struct summary *summary, const struct summary *best)
{
    int workers = config_of(summary)->workers, others = config_of(best)->workers;
    if (workers != others)
        return workers > others;
    return summary->wall_s.value < best->wall_s.value;
}

static bool is_of_command(const struct summary *summary)
{
    return strcmp(config_of(summary)->filter, "command") == 0;
}

/* The inner layer alone: of a BLAS the strategy of that name, of a command one instance. */
static const struct summary *find_inner(const struct result_set *set, const struct summary *both)
{
    int threads = config_of(both)->blas_threads;
    if (!is_of_command(both))
        return result_set_find(set, "blas", threads);
    for (size_t i = 0; i < set->count; i++) {
        const struct summary *one = &set->summaries[i];
        if (one->status == RUN_OK && is(one, config_of(both)->strategy) &&
            config_of(one)->workers == 1 && config_of(one)->blas_threads == threads)
            return one;
    }
    return NULL;
}

/* What is switched off and on below our own workers. */
static const char *inner_name(const struct corners *corners)
{
    return is_of_command(corners->at[ON][OFF]) ? "threads inside" : "BLAS threads";
}

bool corners_find(const struct result_set *set, struct corners *corners)
{
    bool found = false;
    for (size_t i = 0; i < set->count; i++) {
        const struct summary *own = &set->summaries[i], *both, *blas;
        int workers = config_of(own)->workers;
        if (is(own, "serial") || is(own, "blas") || workers < 2 || workers > set->machine.cores ||
            config_of(own)->blas_threads != 1 || find_twin(set, own, 1) != own)
            continue;
        both = find_twin(set, own, 0);
        blas = both ? find_inner(set, both) : NULL;
        if (!blas || (found && !is_better(own, corners->at[ON][OFF])))
            continue;
        found = true;
        *corners = (struct corners){{{&set->summaries[0], blas}, {own, both}}};
    }
    return found && is(&set->summaries[0], "serial") && set->summaries[0].status == RUN_OK;
}

/* "2.96 (2.69-3.20)", or without the interval where there is none. */
static void add_speedup(char text[FINDING_LENGTH], const struct summary *summary)
{
    findings_add(text, "%.2f", summary->speedup.value);
    if (!isnan(summary->speedup.low))
        findings_add(text, " (%.2f-%.2f)", summary->speedup.low, summary->speedup.high);
}

static void add_wall(char text[FINDING_LENGTH], const struct summary *summary)
{
    findings_add(text, "%.3g", summary->wall_s.value);
    if (!isnan(summary->wall_s.low))
        findings_add(text, " (%.3g-%.3g)", summary->wall_s.low, summary->wall_s.high);
}

/* How many threads the library has where they are on. */
static int blas_threads(const struct corners *corners)
{
    return config_of(corners->at[ON][ON])->blas_threads;
}

void corners_cells(const struct corners *corners, char cells[3][CORNER_COLUMNS][FINDING_LENGTH])
{
    const struct config *config = config_of(corners->at[ON][OFF]);
    memset(cells, 0, 3 * sizeof cells[0]);
    findings_add(cells[0][0], "s; speedup (95 %% CI)");
    findings_add(cells[0][1], "%s off", inner_name(corners));
    findings_add(cells[0][2], "%s on (%d)", inner_name(corners), blas_threads(corners));
    findings_add(cells[1][0], is_of_command(corners->at[ON][OFF]) ? "one at a time"
                                                                  : "one worker (serial, blas)");
    findings_add(cells[2][0], "%d workers (%s)", config->workers, config->strategy);
    for (int own = OFF; own <= ON; own++)
        for (int blas = OFF; blas <= ON; blas++) {
            char *cell = cells[1 + own][1 + blas];
            add_wall(cell, corners->at[own][blas]);
            findings_add(cell, " s; ");
            add_speedup(cell, corners->at[own][blas]);
        }
}

void corners_text(const struct corners *corners, const struct result_set *set,
                  char text[FINDING_LENGTH])
{
    int cores = set->machine.cores;
    const struct summary *blas = corners->at[OFF][ON], *own = corners->at[ON][OFF];
    const struct summary *both = corners->at[ON][ON];
    const char *strategy = config_of(own)->strategy;
    int workers = config_of(own)->workers, layers = workers * blas_threads(corners);
    double ratio = both->wall_s.value / own->wall_s.value;

    text[0] = '\0';
    findings_add(text, "The library's %d threads alone make it ", blas_threads(corners));
    add_speedup(text, blas);
    findings_add(text,
                 " times as fast, with nothing to write. %d workers of %s with %s off: ", workers,
                 strategy, inner_name(corners));
    add_speedup(text, own);
    findings_add(text, ". Both layers on are %d threads on %d core%s: ", layers, cores,
                 cores == 1 ? "" : "s");
    add_speedup(text, both);
    findings_add(text, ", %.2f times the wall time of %s alone", ratio, strategy);
    switch (pairs_or_intervals(set, both, own)) {
    case COMPARISON_SLOWER:
        findings_add(
            text,
            ", beyond the noise. What to do: under your own parallelism turn %s off "
            "(OPENBLAS_NUM_THREADS=1, MKL_NUM_THREADS=1, BLIS_NUM_THREADS=1, OMP_NUM_THREADS=1).",
            inner_name(corners));
        break;
    case COMPARISON_FASTER:
        findings_add(
            text,
            ", so here the second layer gained something: look at what the workers wait for. "
            "Elsewhere it mostly costs, so measure before you leave %s on.",
            inner_name(corners));
        break;
    default:
        findings_add(text,
                     ", which may be noise. The second layer gains nothing, so turn %s off under "
                     "your own parallelism (OPENBLAS_NUM_THREADS=1, MKL_NUM_THREADS=1, "
                     "BLIS_NUM_THREADS=1, OMP_NUM_THREADS=1).",
                     inner_name(corners));
    }
    if (blas->wall_s.value <= own->wall_s.value)
        findings_add(text,
                     " And as the library's threads alone are no slower than %s, you need none of "
                     "your own for this work.",
                     strategy);
}

void corners_short_text(const struct corners *corners, char text[FINDING_LENGTH])
{
    const struct summary *own = corners->at[ON][OFF], *both = corners->at[ON][ON];
    text[0] = '\0';
    findings_add(text, "%s with %s below its %d workers: %.2f times its wall time.",
                 config_of(own)->strategy, inner_name(corners), config_of(own)->workers,
                 both->wall_s.value / own->wall_s.value);
}

void corners_print(const struct corners *corners, const struct result_set *set, FILE *stream)
{
    char cells[3][CORNER_COLUMNS][FINDING_LENGTH], text[FINDING_LENGTH];
    corners_cells(corners, cells);
    for (int row = 0; row < 3; row++)
        fprintf(stream, "%-26s  %-40s  %s\n", cells[row][0], cells[row][1], cells[row][2]);
    corners_text(corners, set, text);
    fprintf(stream, "\n%s\n", text);
}

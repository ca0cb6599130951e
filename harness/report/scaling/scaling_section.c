/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/scaling/scaling_section.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/report/table.h"

enum { COLUMNS = 4 };

/* One strategy, in rising order of workers. */
struct sweep {
    const struct summary **rows;
    struct scaling_point *points;
    size_t count;
};

static void free_sweep(struct sweep *sweep)
{
    free(sweep->rows);
    free(sweep->points);
}

/* More workers than cores are slower for a reason of their own. */
static bool is_within_machine(const struct result_set *set, int workers)
{
    const struct machine_facts *machine = &set->machine;
    double cores = machine->cores;
    if (machine->quota > 0 && machine->quota < cores)
        cores = machine->quota;
    return workers <= cores;
}

static int compare_workers(const void *one, const void *other)
{
    const struct summary *const *a = one, *const *b = other;
    return ((*a)->setup.config.workers > (*b)->setup.config.workers) -
           ((*a)->setup.config.workers < (*b)->setup.config.workers);
}

static bool is_point(const struct result_set *set, const struct summary *summary,
                     struct scaling_point *point)
{
    int workers = summary->setup.config.workers;
    return summary->status == RUN_OK && is_within_machine(set, workers) &&
           isnan(summary->setup.latency_s) &&
           scaling_point_of(&summary->speedup, summary->ceiling, workers, point);
}

static void take_rows(const struct result_set *set, const char *label, struct sweep *sweep)
{
    char other[LABEL_LENGTH];
    sweep->count = 0;
    for (size_t i = 0; i < set->count; i++) {
        table_label(&set->summaries[i], other);
        if (strcmp(label, other) == 0 && is_point(set, &set->summaries[i], &sweep->points[0]))
            sweep->rows[sweep->count++] = &set->summaries[i];
    }
    qsort(sweep->rows, sweep->count, sizeof *sweep->rows, compare_workers);
    for (size_t i = 0; i < sweep->count; i++)
        is_point(set, sweep->rows[i], &sweep->points[i]);
}

/* The strategy with the most points; of several that of the best row, or the first. */
static void choose(const struct result_set *set, struct sweep *sweep)
{
    const struct summary *best = result_set_best(set);
    char label[LABEL_LENGTH], chosen[LABEL_LENGTH] = "";
    size_t most = 0;
    for (size_t i = 0; i < set->count; i++) {
        table_label(&set->summaries[i], label);
        take_rows(set, label, sweep);
        if (sweep->count > most || (sweep->count == most && &set->summaries[i] == best)) {
            most = sweep->count;
            memcpy(chosen, label, sizeof chosen);
        }
    }
    take_rows(set, chosen, sweep);
}

void scaling_share_text(const struct scaling_point *point, const struct estimate *speedup,
                        char text[SCALING_TEXT])
{
    int workers = (int)point->workers;
    double counting = point->speedup / speedup->value;
    double share = statistics_karp_flatt(point->speedup, workers);
    double low = statistics_karp_flatt(speedup->high * counting, workers);
    double high = statistics_karp_flatt(speedup->low * counting, workers);
    if (isnan(share))
        snprintf(text, SCALING_TEXT, "-");
    else if (high <= 0)
        snprintf(text, SCALING_TEXT, "none");
    else if (low <= 0)
        snprintf(text, SCALING_TEXT, "0 to %.2g %%", 100 * high);
    else
        snprintf(text, SCALING_TEXT, "%.2g %% (%.2g-%.2g %%)", 100 * share, 100 * low, 100 * high);
}

static void amdahl_text(const struct estimate *share, size_t points, char text[SCALING_TEXT])
{
    if (scaling_is_known(share))
        snprintf(
            text, SCALING_TEXT,
            "Amdahl's law fits these %zu points with a serial share of %.2g %% (%.2g-%.2g %%): "
            "were that all, no number of workers could be more than %.2g times as fast "
            "(%.2g-%.2g).",
            points, 100 * share->value, 100 * share->low, 100 * share->high, 1 / share->value,
            1 / share->high, 1 / share->low);
    else if (share->high <= 0)
        snprintf(
            text, SCALING_TEXT,
            "Amdahl's law finds no serial share in these %zu points: they are linear, or more.",
            points);
    else
        snprintf(text, SCALING_TEXT,
                 "Amdahl's law fits these %zu points with a serial share of %.2g to %.2g %%: too "
                 "uncertain for a limit.",
                 points, 100 * fmax(0, share->low), 100 * share->high);
}

static void usl_text(const struct scaling_fit *fit, size_t points, char text[SCALING_TEXT])
{
    const struct estimate *a = &fit->parameter[0], *b = &fit->parameter[1];
    int used = snprintf(text, SCALING_TEXT,
                        "The universal scalability law fits these %zu points with a contention of "
                        "%.2g (%.2g to %.2g) and a coherence of %.2g (%.2g to %.2g)",
                        points, a->value, a->low, a->high, b->value, b->low, b->high);
    if (scaling_is_known(b) && isfinite(scaling_peak(fit)))
        snprintf(text + used, SCALING_TEXT - (size_t)used,
                 ": workers disturb each other, and more than about %.0f would be slower.",
                 scaling_peak(fit));
    else
        snprintf(text + used, SCALING_TEXT - (size_t)used,
                 ": no number of workers can be named from which on more would be slower.");
}

void scaling_text(enum scaling_law law, const struct scaling_fit *fit, size_t points,
                  char text[SCALING_TEXT])
{
    if (!scaling_agrees(fit))
        snprintf(text, SCALING_TEXT,
                 "%s does not fit these %zu points: they are further from it than their errors "
                 "explain (chi squared %.3g, chance %.2g).",
                 law == SCALING_AMDAHL ? "Amdahl's law" : "The universal scalability law", points,
                 fit->chi_squared, fit->chance);
    else if (law == SCALING_AMDAHL)
        amdahl_text(&fit->parameter[0], points, text);
    else
        usl_text(fit, points, text);
}

static void put_rows(const struct sweep *sweep, const struct document_language *language,
                     FILE *stream)
{
    static const char *const headings[COLUMNS] = {"workers", "speedup", "without counting",
                                                  "serial share (Karp-Flatt)"};
    language->table_begin(stream, "rrrl");
    language->row(stream, headings, COLUMNS, ROW_HEADER);
    for (size_t i = 0; i < sweep->count; i++) {
        char workers[16], speedup[32], without[32], share[SCALING_TEXT];
        const char *const cells[COLUMNS] = {workers, speedup, without, share};
        snprintf(workers, sizeof workers, "%d", sweep->rows[i]->setup.config.workers);
        snprintf(speedup, sizeof speedup, "%.3g", sweep->rows[i]->speedup.value);
        snprintf(without, sizeof without, "%.3g", sweep->points[i].speedup);
        scaling_share_text(&sweep->points[i], &sweep->rows[i]->speedup, share);
        language->row(stream, cells, COLUMNS, ROW_PLAIN);
    }
    language->table_end(stream);
}

static void put_laws(const struct sweep *sweep, const struct document_language *language,
                     FILE *stream)
{
    char text[SCALING_TEXT];
    if (sweep->count < SCALING_POINTS_AT_LEAST) {
        snprintf(text, sizeof text,
                 "Laws are fitted where there are at least %d numbers of workers up to the cores; "
                 "here %s %zu.",
                 SCALING_POINTS_AT_LEAST, sweep->count == 1 ? "is" : "are", sweep->count);
        language->paragraph(stream, text);
        return;
    }
    for (enum scaling_law law = SCALING_AMDAHL; law <= SCALING_USL; law++) {
        struct scaling_fit fit;
        struct error error;
        if (scaling_fit(law, sweep->points, sweep->count, &fit, &error) == 0) {
            scaling_text(law, &fit, sweep->count, text);
            language->paragraph(stream, text);
        }
    }
}

void scaling_section_put(const struct result_set *set, const struct document_language *language,
                         FILE *stream)
{
    struct sweep sweep = {.rows = calloc(set->count, sizeof *sweep.rows),
                          .points = calloc(set->count, sizeof *sweep.points)};
    char text[SCALING_TEXT], label[LABEL_LENGTH];
    if (sweep.rows && sweep.points && machine_is_fit(&set->machine))
        choose(set, &sweep);
    if (sweep.count > 0 && sweep.points[sweep.count - 1].workers > 1) {
        table_label(sweep.rows[0], label);
        language->fold_begin(stream, "Amdahl, Karp and Flatt, and the USL", false);
        snprintf(
            text, sizeof text,
            "How much work of %s cannot be shared out? Counting has been taken out (speedup * "
            "workers / ceiling): that 25 images on 2 workers take 13 turns is no serial work. "
            "A share that rises with the workers is no serial work either, but what each worker "
            "costs.",
            label);
        language->paragraph(stream, text);
        put_rows(&sweep, language, stream);
        put_laws(&sweep, language, stream);
        language->fold_end(stream);
    }
    free_sweep(&sweep);
}

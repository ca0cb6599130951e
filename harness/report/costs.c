/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What parallelism costs: copying through pipes, and hours of programming. */
#include <math.h>
#include <string.h>

#include "filters/filter.h"
#include "harness/report/findings.h"
#include "harness/report/pairs.h"
#include "harness/report/table.h"

/* Of all results of a run; NaN for images of several sizes, and for a filter that this program does
 * not know. */
static double result_bytes(const struct result_set *set)
{
    const struct setup *setup = &set->summaries[0].setup;
    const struct filter *filter = filter_find(setup->config.filter);
    size_t ny = setup->ny, nx = setup->nx;
    if (!filter || ny == 0 || nx == 0)
        return (double)NAN;
    if (filter->output_shape)
        filter->output_shape(setup->ny, setup->nx, &ny, &nx);
    return setup->images * (double)ny * (double)nx * (double)sizeof(double);
}

bool findings_copying(const struct result_set *set, struct copying *copying)
{
    const struct summary *pipe = NULL, *fork = NULL;
    for (size_t i = 0; i < set->count; i++) {
        const struct summary *summary = &set->summaries[i], *twin;
        int workers = summary->setup.config.workers;
        if (summary->status != RUN_OK || strcmp(summary->setup.config.strategy, "fork-pipe") != 0 ||
            (pipe && workers <= pipe->setup.config.workers) ||
            !(twin = result_set_find(set, "fork", workers)))
            continue;
        pipe = summary;
        fork = twin;
    }
    if (!pipe)
        return false;
    *copying = (struct copying){.workers = pipe->setup.config.workers,
                                .fork_s = fork->wall_s.value,
                                .pipe_s = pipe->wall_s.value,
                                .bytes = result_bytes(set)};
    copying->extra_s = copying->pipe_s - copying->fork_s;
    copying->within_noise = pairs_or_intervals(set, pipe, fork) != COMPARISON_SLOWER;
    return true;
}

/* Whole runs; of many two digits, for no speedup is known better. */
static double runs_to_save(double effort_h, double saved_s)
{
    double runs = ceil(effort_h * 3600 / saved_s);
    if (saved_s <= 0) /* false for NaN */
        return (double)INFINITY;
    if (!(runs >= 100))
        return runs;
    double step = pow(10, floor(log10(runs)) - 1);
    return step * round(runs / step);
}

bool findings_payback(const struct result_set *set, double effort_h, struct payback *payback)
{
    const struct summary *best = result_set_best(set), *serial = result_set_find(set, "serial", 1);
    if (!best || !serial)
        return false;
    *payback = (struct payback){.serial_s = serial->wall_s.value,
                                .best_s = best->wall_s.value,
                                .within_noise = best->speedup.low <= 1};
    payback->saved_s = payback->serial_s - payback->best_s;
    payback->runs = runs_to_save(effort_h, payback->saved_s);
    payback->runs_low = runs_to_save(effort_h, payback->serial_s * (1 - 1 / best->speedup.high));
    payback->runs_high = runs_to_save(effort_h, payback->serial_s * (1 - 1 / best->speedup.low));
    return true;
}

static const char *plural(double number)
{
    return number == 1 ? "" : "s";
}

static void add_bytes(char *text, double bytes)
{
    if (bytes >= 1e9)
        findings_add(text, "%.3g GB", bytes / 1e9);
    else
        findings_add(text, "%.3g MB", bytes / 1e6);
}

void findings_copying_text(const struct result_set *set, char *text)
{
    struct copying copying;
    text[0] = '\0';
    if (!findings_copying(set, &copying))
        return;
    findings_add(text, "fork-pipe sends every result back through a pipe");
    if (!isnan(copying.bytes)) {
        findings_add(text, ", ");
        add_bytes(text, copying.bytes);
        findings_add(text, " a run");
    }
    findings_add(text,
                 "; fork leaves it where both can see it. On %d worker%s fork took %.4g s and "
                 "fork-pipe %.4g s",
                 copying.workers, plural(copying.workers), copying.fork_s, copying.pipe_s);
    if (copying.extra_s <= 0) {
        findings_add(text, ": the copying cost nothing that could be measured here.");
        return;
    }
    findings_add(text, ": the copying cost %.3g s", copying.extra_s);
    if (!isnan(copying.bytes))
        findings_add(text, ", which is %.3g GB/s", copying.bytes / copying.extra_s / 1e9);
    findings_add(text, ".");
    if (copying.within_noise)
        findings_add(text,
                     " But the two are within each other's noise: measure more rounds to be sure.");
}

void findings_payback_text(const struct result_set *set, double effort_h, char *text)
{
    struct payback payback;
    char label[LABEL_LENGTH];
    text[0] = '\0';
    if (!machine_is_fit(&set->machine) || !findings_payback(set, effort_h, &payback))
        return;
    int workers = result_set_best(set)->setup.config.workers;
    table_label(result_set_best(set), label);
    if (payback.saved_s <= 0) {
        findings_add(text, "No: nothing was faster than the serial strategy (%.4g s a run).",
                     payback.serial_s);
        return;
    }
    findings_add(text,
                 "%s on %d worker%s saves %.4g s a run (%.4g s instead of %.4g s): %.4g hour%s of "
                 "programming %s paid back after %.0f run%s",
                 label, workers, plural(workers), payback.saved_s, payback.best_s, payback.serial_s,
                 effort_h, plural(effort_h), effort_h == 1 ? "is" : "are", payback.runs,
                 plural(payback.runs));
    if (payback.runs_low < payback.runs_high && isfinite(payback.runs_high))
        findings_add(text, " (%.0f to %.0f)", payback.runs_low, payback.runs_high);
    findings_add(text, ", which would have taken %.2g h without it.",
                 payback.runs * payback.serial_s / 3600);
    if (payback.within_noise)
        findings_add(text,
                     " But the interval of this speedup includes 1: perhaps nothing is saved.");
}

bool findings_losses_text(const struct summary *summary, char *text)
{
    char label[LABEL_LENGTH], losses[LOSSES_TEXT];
    int workers = summary->setup.config.workers;
    text[0] = '\0';
    if (summary->status != RUN_OK || workers < 2 || isnan(summary->losses.gap))
        return false;
    table_label(summary, label);
    losses_text(&summary->losses, &summary->losses_error, summary->rounds, summary->setup.tasks,
                workers, losses);
    findings_add(text, "%s: %s", label, losses);
    return true;
}

bool findings_is_on_most(const struct result_set *set, const struct summary *summary)
{
    char label[LABEL_LENGTH], other[LABEL_LENGTH];
    table_label(summary, label);
    for (size_t i = 0; i < set->count; i++) {
        if (set->summaries[i].setup.config.workers <= summary->setup.config.workers ||
            set->summaries[i].status != RUN_OK)
            continue; /* before its label is made: there may be thousands of rows */
        table_label(&set->summaries[i], other);
        if (strcmp(label, other) == 0)
            return false;
    }
    return true;
}

void findings_blas_text(const struct result_set *set, char *text)
{
    const struct warnings *warnings = &set->machine.warnings;
    size_t mark = strlen(FINDINGS_BLAS_MARK);
    text[0] = '\0';
    for (int i = 0; i < warnings->count && !*text; i++)
        if (strncmp(warnings->text[i], FINDINGS_BLAS_MARK, mark) == 0)
            findings_add(text,
                         "The best library is worth nothing when it does not know the machine: "
                         "%s. What library threads gain here says nothing about one that does.",
                         warnings->text[i] + mark);
}

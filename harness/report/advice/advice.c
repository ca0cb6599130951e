/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/advice/advice.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "harness/report/findings.h"
#include "harness/report/pairs.h"

/* Speedups that differ by a smaller share are alike, where there are no intervals to tell. */
static const double ALIKE = 0.03;

static bool is_alike(const struct result_set *set, const struct summary *summary,
                     const struct summary *best)
{
    enum comparison_verdict verdict = pairs_compare(set, best, summary, set->count);
    if (verdict != COMPARISON_UNKNOWN)
        return verdict != COMPARISON_FASTER;
    if (isnan(summary->speedup.high) || isnan(best->speedup.low))
        return summary->speedup.value >= (1 - ALIKE) * best->speedup.value;
    return summary->speedup.high >= best->speedup.low;
}

static bool is_right(const struct summary *summary)
{
    return summary->status == RUN_OK && !isnan(summary->speedup.value);
}

static int workers_of(const struct summary *summary)
{
    return summary->setup.config.workers;
}

/* Of two that are alike: fewer at a time, then fewer threads inside each, then what was faster. */
static bool is_preferred(const struct summary *summary, const struct summary *other)
{
    int fewer = workers_of(summary) - workers_of(other);
    if (fewer == 0)
        fewer = summary->setup.config.blas_threads - other->setup.config.blas_threads;
    return fewer < 0 || (fewer == 0 && summary->speedup.value > other->speedup.value);
}

bool advice_find(const struct result_set *set, struct advice *advice)
{
    *advice = (struct advice){NULL, NULL, NULL};
    for (size_t i = 0; i < set->count; i++) {
        const struct summary *summary = &set->summaries[i];
        if (is_right(summary) &&
            (!advice->best || summary->speedup.value > advice->best->speedup.value))
            advice->best = summary;
    }
    for (size_t i = 0; advice->best && i < set->count; i++) {
        const struct summary *summary = &set->summaries[i];
        if (is_right(summary) && is_alike(set, summary, advice->best) &&
            (!advice->chosen || is_preferred(summary, advice->chosen)))
            advice->chosen = summary;
    }
    for (size_t i = 0; advice->chosen && i < set->count; i++) {
        const struct summary *summary = &set->summaries[i];
        if (is_right(summary) && workers_of(summary) > workers_of(advice->chosen) &&
            strcmp(summary->setup.config.strategy, advice->chosen->setup.config.strategy) == 0 &&
            summary->setup.config.blas_threads == advice->chosen->setup.config.blas_threads &&
            (!advice->more || workers_of(summary) < workers_of(advice->more)))
            advice->more = summary;
    }
    return advice->chosen != NULL;
}

/* "5.6 GiB", or in MiB where it is less than one. */
static void memory_text(double kib, char text[32])
{
    if (kib >= 1024.0 * 1024)
        snprintf(text, 32, "%.1f GiB", kib / (1024.0 * 1024));
    else
        snprintf(text, 32, "%.0f MiB", kib / 1024);
}

static void add_more(const struct advice *advice, char *text)
{
    char chosen[32], more[32];
    if (!advice->more)
        return;
    findings_add(text, " %d gains nothing more", workers_of(advice->more));
    memory_text(advice->chosen->max_rss_kib, chosen);
    memory_text(advice->more->max_rss_kib, more);
    if (!isnan(advice->more->max_rss_kib) && !isnan(advice->chosen->max_rss_kib) &&
        advice->more->max_rss_kib > advice->chosen->max_rss_kib && strcmp(chosen, more) != 0)
        findings_add(text, " and takes %s instead of %s", more, chosen);
    findings_add(text, ".");
}

void advice_text(const struct advice *advice, char *text)
{
    const struct summary *chosen = advice->chosen;
    text[0] = '\0';
    if (!chosen)
        return;
    findings_add(text, "Use %d at a time: ", workers_of(chosen));
    if (workers_of(chosen) == 1) {
        findings_add(text, "more at a time is not faster.");
        return;
    }
    findings_add(text, "%.2g times faster than one after the other", chosen->speedup.value);
    if (!isnan(chosen->speedup.low))
        findings_add(text, " (%.2g-%.2g)", chosen->speedup.low, chosen->speedup.high);
    findings_add(text, ".");
    add_more(advice, text);
}

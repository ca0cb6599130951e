/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/bad_runs.h"

#include <stdio.h>
#include <stdlib.h>

#include "harness/report/findings.h"
#include "harness/report/table.h"

enum { NAMED_AT_MOST = 6 };

/* Names the outliers of one configuration, after `named` of others. Returns how many it has. */
static int add_outliers(const struct summary *summary, int named, char *text)
{
    size_t rounds = (size_t)summary->rounds;
    char label[LABEL_LENGTH];
    double *walls = calloc(rounds, sizeof *walls);
    bool *is_out = calloc(rounds, sizeof *is_out);
    int found = 0;
    if (walls && is_out) {
        for (size_t i = 0; i < rounds; i++)
            walls[i] = summary->runs[i].wall_s;
        statistics_outliers(walls, rounds, is_out);
        table_label(summary, label);
        for (size_t i = 0; i < rounds; i++)
            if (is_out[i] && named + found++ < NAMED_AT_MOST)
                findings_add(text, "%s%s on %d in round %zu took %.3g s (median %.3g s)",
                             named + found > 1 ? "; " : "", label, summary->setup.config.workers,
                             i + 1, walls[i], summary->wall_s.value);
    }
    free(walls);
    free(is_out);
    return found;
}

void bad_runs_text(const struct result_set *set, char *text)
{
    int found = 0;
    text[0] = '\0';
    for (size_t i = 0; i < set->count; i++)
        if (set->summaries[i].runs && set->summaries[i].rounds > 0)
            found += add_outliers(&set->summaries[i], found, text);
    if (found > NAMED_AT_MOST)
        findings_add(text, "; and %d more", found - NAMED_AT_MOST);
    if (found > 0)
        findings_add(text,
                     ". They stand out and are kept: medians and their intervals tolerate a few.");
}

void bad_runs_put(const struct result_set *set, const struct document_language *language,
                  FILE *stream)
{
    char label[LABEL_LENGTH], text[FINDING_LENGTH], outliers[FINDING_LENGTH];
    bad_runs_text(set, outliers);
    if (result_set_failures(set) == 0 && !*outliers)
        return;
    language->heading(stream, "Runs that failed or stand out");
    language->list_begin(stream);
    for (size_t i = 0; i < set->count; i++) {
        const struct summary *summary = &set->summaries[i];
        int workers = summary->setup.config.workers;
        table_label(summary, label);
        snprintf(text, sizeof text, "%s on %d worker%s: %s; it is in no graph", label, workers,
                 workers == 1 ? "" : "s", status_names[summary->status]);
        if (summary->status != RUN_OK)
            language->item(stream, text);
    }
    if (*outliers)
        language->item(stream, outliers);
    language->list_end(stream);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/scaling/slower_text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "harness/report/findings.h"
#include "harness/report/table.h"

enum { CAUSE_TEXT = 320 };

/* Wall time on the most workers / that on the fewest, from which on more workers surely do harm. */
static const double SURELY_SLOWER = 1.05;

/* Of the gap, from which on a loss is the cause. */
static const double SHARE_OF_CAUSE = 0.5;

/* Three digits, and a unit that suits them. */
static void put_seconds(double seconds, char text[32])
{
    if (seconds < 1e-3)
        snprintf(text, 32, "%.3g us", 1e6 * seconds);
    else if (seconds < 1)
        snprintf(text, 32, "%.3g ms", 1e3 * seconds);
    else
        snprintf(text, 32, "%.3g s", seconds);
}

/* The wall time of the same strategy on the fewest workers. */
static double wall_on_fewest(const struct result_set *set, const struct summary *summary)
{
    char label[LABEL_LENGTH], other[LABEL_LENGTH];
    const struct summary *fewest = summary;
    table_label(summary, label);
    for (size_t i = 0; i < set->count; i++) {
        const struct summary *row = &set->summaries[i];
        table_label(row, other);
        if (row->status == RUN_OK && strcmp(label, other) == 0 &&
            row->setup.config.workers < fewest->setup.config.workers)
            fewest = row;
    }
    return fewest->wall_s.value;
}

static bool is_slower(const struct summary *summary)
{
    double high = isnan(summary->speedup.high) ? summary->speedup.value : summary->speedup.high;
    return summary->status == RUN_OK && summary->losses.gap > 0 && high < 1;
}

/* What its strategy offers against it. */
static const char *less_handing_out(const struct config *config)
{
    if (config->lock == LOCK_HELD)
        return "release the lock while a task runs";
    return config->chunk > 0 ? "hand out more at a time (--chunk), or larger tasks"
                             : "make the tasks larger";
}

/* The work of a task, and what a worker needs beside it until it has the next one. */
static void put_handout(const struct summary *summary, double serial_s, double parts,
                        char text[CAUSE_TEXT])
{
    char work[32], handing[32];
    put_seconds(serial_s / summary->setup.tasks, work);
    put_seconds(parts * summary->wall_s.value / summary->setup.tasks, handing);
    snprintf(text, CAUSE_TEXT,
             "a task takes %s of work, and then it takes a worker %s to get the next one: %s", work,
             handing, less_handing_out(&summary->setup.config));
}

static void put_start(const struct summary *summary, double serial_s, double part,
                      char text[CAUSE_TEXT])
{
    char work[32], starting[32];
    int workers = summary->setup.config.workers;
    put_seconds(serial_s, work);
    put_seconds(part * summary->wall_s.value / workers, starting);
    snprintf(text, CAUSE_TEXT,
             "all the work takes %s, and starting and stopping workers %s: keep them, or give them "
             "more to do",
             work, starting);
}

void slower_text(const struct result_set *set, const struct summary *summary,
                 char text[SLOWER_TEXT])
{
    const struct summary *serial = result_set_find(set, "serial", 1);
    const struct losses *losses = &summary->losses;
    char label[LABEL_LENGTH], cause[CAUSE_TEXT];
    const char *still = "";
    text[0] = '\0';
    if (!serial || !is_slower(summary))
        return;
    double serial_s = serial->wall_s.value, least = SHARE_OF_CAUSE * losses->gap;
    double handing = losses->handout + losses->waiting;
    if (handing >= least)
        put_handout(summary, serial_s, handing, cause);
    else if (losses->start_stop >= least)
        put_start(summary, serial_s, losses->start_stop, cause);
    else if (losses->slower_tasks >= least)
        snprintf(cause, sizeof cause,
                 "its tasks take %.2g times the CPU time that they take in the serial run: they "
                 "disturb each other",
                 1 + losses->slower_tasks * summary->wall_s.value / serial_s);
    else
        return;
    table_label(summary, label);
    if (summary->wall_s.value > SURELY_SLOWER * wall_on_fewest(set, summary))
        still = ", and slower still on more workers";
    snprintf(text, SLOWER_TEXT, "%s is slower than one after the other%s, because %s.", label,
             still, cause);
}

void slower_put(const struct result_set *set, const struct document_language *language,
                FILE *stream)
{
    char text[SLOWER_TEXT];
    for (size_t i = 0; i < set->count; i++) {
        if (!findings_is_on_most(set, &set->summaries[i]))
            continue;
        slower_text(set, &set->summaries[i], text);
        if (*text)
            language->paragraph(stream, text);
    }
}

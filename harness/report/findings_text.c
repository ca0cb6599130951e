/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "harness/measure/config.h"
#include "harness/report/findings.h"
#include "harness/report/table.h"

enum { LABEL_LENGTH = 2 * NAME_MAX_LENGTH };

void findings_add(char *text, const char *format, ...)
{
    size_t used = strlen(text);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + used, FINDING_LENGTH - used, format, arguments);
    va_end(arguments);
}

static const char *plural(double number)
{
    return number == 1 ? "" : "s";
}

static double best_number(const struct csv_table *summary, const char *column)
{
    return csv_number(summary, (size_t)table_best(summary), column);
}

static void best_label(const struct csv_table *summary, char label[LABEL_LENGTH])
{
    size_t row = (size_t)table_best(summary);
    table_label(summary, row, label, LABEL_LENGTH);
}

/* "2.96 (95 % CI 2.69-3.20)" */
static void add_best_speedup(const struct csv_table *summary, char *text)
{
    findings_add(text, "%.2f", best_number(summary, "speedup"));
    if (!isnan(best_number(summary, "speedup_low")))
        findings_add(text, " (95 %% CI %.2f-%.2f)", best_number(summary, "speedup_low"),
                     best_number(summary, "speedup_high"));
}

void findings_machine_text(const struct csv_table *summary, char *text)
{
    double cores = csv_number(summary, 0, "cores"), threads = csv_number(summary, 0, "threads");
    double quota = csv_number(summary, 0, "quota");
    text[0] = '\0';
    findings_add(text, "Measured on %s: %s, %.0f core%s, %.0f hardware thread%s",
                 csv_text(summary, 0, "host"), csv_text(summary, 0, "cpu"), cores, plural(cores),
                 threads, plural(threads));
    if (!isnan(quota))
        findings_add(text, ", limited to %.2f CPUs by a quota", quota);
    findings_add(text, ".");
}

void findings_best_text(const struct csv_table *summary, char *text)
{
    char label[LABEL_LENGTH];
    text[0] = '\0';
    if (table_best(summary) < 0) {
        findings_add(text, "No result: nothing ran to its end and was right.");
        return;
    }
    best_label(summary, label);
    double workers = best_number(summary, "workers");
    findings_add(text, "The best speedup is ");
    add_best_speedup(summary, text);
    findings_add(text, ", with %s on %.0f worker%s.", label, workers, plural(workers));
    findings_add(text,
                 " As the activity defines it, it is %d * t0 / tp = %d * %.4f s / %.4f s = %.2f.",
                 table_images(summary), table_images(summary), best_number(summary, "t0_s"),
                 best_number(summary, "wall_median_s"), best_number(summary, "activity_speedup"));
}

/* How far the ceiling explains what is missing. */
static void add_counting(const struct csv_table *summary, const struct loss *loss, char *text)
{
    double tasks = best_number(summary, "tasks"), missing = loss->workers - loss->speedup;
    double turns = ceil(tasks / loss->workers);
    if (isnan(loss->ceiling))
        return;
    if (*csv_text(summary, 0, "ny"))
        findings_add(text,
                     " %.0f equal tasks on %.0f workers take %.0f turn%s, so counting alone allows "
                     "%.2f",
                     tasks, loss->workers, turns, plural(turns), loss->ceiling);
    else
        findings_add(text, " %.0f tasks of these sizes on %.0f workers allow %.2f", tasks,
                     loss->workers, loss->ceiling);
    if (loss->elsewhere <= 0) {
        findings_add(text, ", and all of that was reached.");
        if (loss->speedup > 1.02 * loss->ceiling)
            findings_add(text,
                         " The %.2f measured is even more, so the runs were not alike (clocks, "
                         "caches, other programs): measure again when the machine is quieter.",
                         loss->speedup);
        return;
    }
    if (loss->by_counting > 0)
        findings_add(
            text,
            ": that is %.2f of the %.2f that are missing (%.0f %%). The other %.2f (%.0f %%) "
            "were",
            loss->by_counting, missing, 100 * loss->by_counting / missing, loss->elsewhere,
            100 * loss->elsewhere / missing);
    else
        findings_add(text, ": it costs nothing here. All %.2f that are missing were", missing);
    findings_add(
        text,
        " lost elsewhere: in starting workers, handing out tasks and waiting for the last one, "
        "in memory that all cores share, or to other programs.");
    if (best_number(summary, "speedup_high") >= loss->ceiling)
        findings_add(text,
                     " But the interval reaches the ceiling, so this part may as well be noise.");
}

void findings_linear_text(const struct csv_table *summary, char *text)
{
    struct loss loss;
    text[0] = '\0';
    if (!findings_loss(summary, &loss))
        return;
    double cores = csv_number(summary, 0, "cores"), quota = csv_number(summary, 0, "quota");
    double usable = quota < cores ? quota : cores; /* a missing quota (NaN) is not smaller */
    double share = 100 * loss.speedup / loss.workers;
    bool could_be = !(loss.ceiling < loss.workers);
    bool is = loss.speedup >= loss.workers || best_number(summary, "speedup_high") >= loss.workers;
    if (loss.workers <= 1) {
        findings_add(text,
                     "Is it linear? One worker was the best, so there is no speedup to judge.");
        return;
    }
    if (could_be && is) {
        findings_add(text,
                     "Is it linear? Yes, within what was measured: %.2f on %.0f workers, an "
                     "efficiency of %.0f %%.",
                     loss.speedup, loss.workers, share);
        return;
    }
    if (loss.speedup >= loss.workers)
        findings_add(text, "Is it linear? It cannot be.");
    else
        findings_add(
            text,
            "Is it linear? No: linear would be %.0f on %.0f workers; %.2f is an efficiency of "
            "%.0f %%.",
            loss.workers, loss.workers, loss.speedup, share);
    add_counting(summary, &loss, text);
    if (loss.workers > usable)
        findings_add(
            text, " And there are more workers (%.0f) than cores that this program may use (%.4g).",
            loss.workers, usable);
}

void findings_serial_share_text(const struct csv_table *summary, char *text)
{
    text[0] = '\0';
    if (table_best(summary) < 0)
        return;
    double share = best_number(summary, "karp_flatt");
    if (share > 0) /* false for NaN, which is one worker */
        findings_add(
            text,
            "In terms of Amdahl's law: were all that is missing due to work that cannot be "
            "shared, that would be %.1f %% of the work (the Karp-Flatt metric, %.3f), and no "
            "number of workers could make it more than %.1f times faster.",
            100 * share, share, 1 / share);
}

static void add_bytes(char *text, double bytes)
{
    if (bytes >= 1e9)
        findings_add(text, "%.3g GB", bytes / 1e9);
    else
        findings_add(text, "%.3g MB", bytes / 1e6);
}

void findings_copying_text(const struct csv_table *summary, char *text)
{
    struct copying copying;
    text[0] = '\0';
    if (!findings_copying(summary, &copying))
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

void findings_payback_text(const struct csv_table *summary, double effort_h, char *text)
{
    struct payback payback;
    char label[LABEL_LENGTH];
    text[0] = '\0';
    if (!findings_payback(summary, effort_h, &payback))
        return;
    best_label(summary, label);
    double workers = best_number(summary, "workers");
    if (payback.saved_s <= 0) {
        findings_add(text, "No: nothing was faster than the serial strategy (%.4g s a run).",
                     payback.serial_s);
        return;
    }
    findings_add(
        text,
        "%s on %.0f worker%s saves %.4g s a run (%.4g s instead of %.4g s): %.4g hour%s of "
        "programming %s paid back after %.0f run%s, which would have taken %.3g hours without it.",
        label, workers, plural(workers), payback.saved_s, payback.best_s, payback.serial_s,
        effort_h, plural(effort_h), effort_h == 1 ? "is" : "are", payback.runs,
        plural(payback.runs), payback.runs * payback.serial_s / 3600);
    if (payback.within_noise)
        findings_add(text,
                     " But the interval of this speedup includes 1: perhaps nothing is saved.");
}

void findings_post_text(const struct csv_table *summary, char *text)
{
    char label[LABEL_LENGTH], subject[FINDING_LENGTH / 2];
    text[0] = '\0';
    if (table_best(summary) < 0)
        return;
    best_label(summary, label);
    table_subject(summary, subject, sizeof subject);
    double workers = best_number(summary, "workers"), cores = csv_number(summary, 0, "cores");
    findings_add(text, "Speedup ");
    add_best_speedup(summary, text);
    findings_add(
        text,
        " on %.0f worker%s, %.0f core%s, with %s (%s): %d * t0 / tp = %d * %.4f s / %.4f s = "
        "%.2f; %s",
        workers, plural(workers), cores, plural(cores), label, subject, table_images(summary),
        table_images(summary), best_number(summary, "t0_s"), best_number(summary, "wall_median_s"),
        best_number(summary, "activity_speedup"), csv_text(summary, 0, "cpu"));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/findings.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "harness/report/table.h"

static const char *plural(double number)
{
    return number == 1 ? "" : "s";
}

bool findings_loss(const struct result_set *set, struct loss *loss)
{
    const struct summary *best = result_set_best(set);
    if (!best)
        return false;
    *loss = (struct loss){.workers = best->setup.config.workers,
                          .speedup = best->speedup.value,
                          .ceiling = best->ceiling};
    loss->by_counting = loss->workers - loss->ceiling;
    loss->elsewhere = loss->ceiling - loss->speedup;
    if (loss->elsewhere < 0)
        loss->elsewhere = 0;
    return true;
}

/* "2.96 (95 % CI 2.69-3.20)" */
static void add_speedup(const struct estimate *speedup, char *text)
{
    findings_add(text, "%.2f", speedup->value);
    if (speedup->high > speedup->low) /* not of the serial one beside itself */
        findings_add(text, " (95 %% CI %.2f-%.2f)", speedup->low, speedup->high);
}

void findings_machine_text(const struct result_set *set, char *text)
{
    const struct machine_facts *machine = &set->machine;
    text[0] = '\0';
    findings_add(text, "Measured on %s: %s, %d core%s, %d hardware thread%s", machine->host,
                 machine->cpu, machine->cores, plural(machine->cores), machine->threads,
                 plural(machine->threads));
    if (machine->quota > 0)
        findings_add(text, ", limited to %.2f CPUs by a quota", machine->quota);
    findings_add(text, ".");
}

/* The largest of many is the largest by luck, too. */
static void add_alike(const struct result_set *set, const char *label, char *text)
{
    const struct machine_facts *machine = &set->machine;
    size_t compared = 0;
    for (size_t i = 1; i < set->count; i++)
        compared += set->summaries[i].status == RUN_OK;
    if (compared > 1)
        findings_add(text, " It is the largest of %zu, partly by luck, and so rather too large.",
                     compared);
    if (*machine->alike && strcmp(machine->alike, label) != 0)
        findings_add(text, " %s cannot be told apart.", machine->alike);
    if (*machine->noise_floor)
        findings_add(text,
                     " What was measured twice in each round differs from itself by up to %s: "
                     "smaller differences say nothing.",
                     machine->noise_floor);
}

/* A verdict has its reasons one after the other, with semicolons between them; of more than
 * `reasons_at_most` the rest is only counted. */
static void verdict_text(const struct result_set *set, int reasons_at_most, char *text)
{
    const struct machine_facts *machine = &set->machine;
    size_t length = strlen(machine->verdict);
    int reasons = 1;
    text[0] = '\0';
    if (!*machine->verdict)
        return;
    for (const char *at = machine->verdict; (at = strstr(at, "; ")); at++)
        if (reasons++ == reasons_at_most)
            length = (size_t)(at - machine->verdict);
    findings_add(text, "Verdict: %.*s", (int)length, machine->verdict);
    if (reasons > reasons_at_most)
        findings_add(text, "; and %d more", reasons - reasons_at_most);
    findings_add(text, ".");
    if (*machine->remedy)
        findings_add(text, " To do: %s.", machine->remedy);
    if (!machine_is_fit(machine) && *machine->estimate)
        findings_add(text, " CPU time, which suffers less, suggests a speedup of about %s.",
                     machine->estimate);
}

void findings_verdict_text(const struct result_set *set, char *text)
{
    verdict_text(set, INT_MAX, text);
}

void findings_verdict_short_text(const struct result_set *set, char *text)
{
    enum { REASONS_AT_MOST = 2 };
    verdict_text(set, REASONS_AT_MOST, text);
}

void findings_best_text(const struct result_set *set, char *text)
{
    const struct summary *best = result_set_best(set);
    char label[LABEL_LENGTH];
    text[0] = '\0';
    if (!best) {
        findings_add(text, "No result: nothing ran to its end and was right.");
        return;
    }
    if (!machine_is_fit(&set->machine))
        return; /* the verdict says what there is to say */
    int workers = best->setup.config.workers, images = best->setup.images;
    table_label(best, label);
    if (best->speedup.value <= 1)
        findings_add(text, "Nothing was faster than the serial strategy. ");
    findings_add(text, "The best speedup is ");
    add_speedup(&best->speedup, text);
    findings_add(text, ", with %s on %d worker%s.", label, workers, plural(workers));
    if (!isnan(best->activity_speedup))
        findings_add(
            text, " As the activity defines it, it is %d * t0 / tp = %d * %.4g s / %.4g s = %.2f.",
            images, images, best->t0_s, best->wall_s.value, best->activity_speedup);
    add_alike(set, label, text);
}

/* How far the ceiling explains what is missing. */
static void add_counting(const struct summary *best, const struct loss *loss, char *text)
{
    int tasks = best->setup.tasks, turns = (tasks - 1) / loss->workers + 1;
    double missing = loss->workers - loss->speedup;
    if (isnan(loss->ceiling))
        return;
    if (best->setup.ny > 0)
        findings_add(text,
                     " %d equal tasks on %d workers take %d turn%s, so counting alone allows "
                     "%.2f",
                     tasks, loss->workers, turns, plural(turns), loss->ceiling);
    else
        findings_add(text, " %d tasks of these sizes on %d workers allow %.2f", tasks,
                     loss->workers, loss->ceiling);
    if (loss->elsewhere <= 0) {
        findings_add(text, ", and all of that was reached.");
        if (loss->speedup > VERDICT_ABOVE_CEILING * loss->ceiling)
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
    if (best->speedup.high >= loss->ceiling)
        findings_add(text,
                     " But the interval reaches the ceiling, so this part may as well be noise.");
}

void findings_linear_text(const struct result_set *set, char *text)
{
    struct loss loss;
    text[0] = '\0';
    if (!machine_is_fit(&set->machine) || !findings_loss(set, &loss))
        return;
    const struct summary *best = result_set_best(set);
    double cores = set->machine.cores, quota = set->machine.quota;
    double usable = quota > 0 && quota < cores ? quota : cores;
    double share = 100 * loss.speedup / loss.workers;
    enum linear linear = verdict_linear(&best->speedup, loss.ceiling, loss.workers);
    if (loss.workers <= 1) {
        findings_add(text,
                     "Is it linear? One worker was the best, so there is no speedup to judge.");
        return;
    }
    if (loss.speedup > VERDICT_ABOVE_CEILING * loss.ceiling) {
        findings_add(text, "Is it linear? It cannot be.");
    } else if (linear == LINEAR_YES) {
        findings_add(text,
                     "Is it linear? Yes, within what was measured: %.2f on %d workers, an "
                     "efficiency of %.0f %%.",
                     loss.speedup, loss.workers, share);
        return;
    } else if (linear == LINEAR_UNKNOWN) {
        findings_add(text, "Is it linear? That cannot be told from ");
        add_speedup(&best->speedup, text);
        findings_add(text,
                     " on %d workers: it would be a yes with the whole interval above %.2f, and a "
                     "no with all of it below.",
                     loss.workers, VERDICT_LINEAR * loss.workers);
        return;
    } else {
        findings_add(text,
                     "Is it linear? No: linear would be %d on %d workers; %.2f is an efficiency of "
                     "%.0f %%.",
                     loss.workers, loss.workers, loss.speedup, share);
    }
    add_counting(best, &loss, text);
    if (loss.workers > usable)
        findings_add(
            text, " And there are more workers (%d) than cores that this program may use (%.4g).",
            loss.workers, usable);
}

void findings_post_text(const struct result_set *set, char *text)
{
    text[0] = '\0';
    if (!machine_is_fit(&set->machine))
        return;
    const struct summary *best = result_set_best(set);
    const struct machine_facts *machine = &set->machine;
    char label[LABEL_LENGTH], subject[FINDING_LENGTH / 2];
    if (!best)
        return;
    int workers = best->setup.config.workers, images = best->setup.images;
    table_label(best, label);
    table_subject(set, subject, sizeof subject);
    findings_add(text, "Speedup ");
    add_speedup(&best->speedup, text);
    findings_add(text, " on %d worker%s, %d core%s, with %s (%s)", workers, plural(workers),
                 machine->cores, plural(machine->cores), label, subject);
    if (!isnan(best->activity_speedup)) /* of images of several sizes there is no t0 */
        findings_add(text, ": %d * t0 / tp = %d * %.4g s / %.4g s = %.2f", images, images,
                     best->t0_s, best->wall_s.value, best->activity_speedup);
    findings_add(text, "; %s", machine->cpu);
}

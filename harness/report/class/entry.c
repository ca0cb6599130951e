/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/class/entry.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/report/class/entry_files.h"
#include "harness/report/table.h"

const char *const entry_states[] = {"fit", "noisy", "wrong", "other work", NULL};

static void copy(char *to, size_t size, const char *from)
{
    snprintf(to, size, "%.*s", (int)size - 1, from);
}

/* Keeps the fastest of each number of workers; of more than ENTRY_POINTS numbers, the first
 * ones. */
static void add_point(struct entry *entry, const struct summary *summary)
{
    char label[LABEL_LENGTH];
    int workers = summary->setup.config.workers, at = 0;
    while (at < entry->count && entry->points[at].workers != workers)
        at++;
    if (at == ENTRY_POINTS)
        return;
    struct entry_point *point = &entry->points[at];
    if (at < entry->count && !(summary->speedup.value > point->speedup.value))
        return;
    entry->count += at == entry->count;
    *point = (struct entry_point){
        .workers = workers, .wall_s = summary->wall_s.value, .speedup = summary->speedup};
    table_label(summary, label);
    copy(point->strategy, sizeof point->strategy, label);
}

static int compare_points(const void *one, const void *other)
{
    const struct entry_point *a = one, *b = other;
    return (a->workers > b->workers) - (a->workers < b->workers);
}

void entry_settle(struct entry *entry)
{
    entry->best = -1;
    qsort(entry->points, (size_t)entry->count, sizeof entry->points[0], compare_points);
    for (int i = 0; i < entry->count; i++)
        if (entry->points[i].speedup.value > 0 &&
            (entry->best < 0 ||
             entry->points[i].speedup.value > entry->points[entry->best].speedup.value))
            entry->best = i;
}

/* Only where all of them are known. */
static void take_losses(struct entry *entry, const struct summary *best)
{
    if (!best)
        return;
    entry->losses = best->losses;
    entry->has_losses = isfinite(best->losses.speedup) && isfinite(best->losses.gap);
    for (int part = 0; part < LOSSES_PARTS; part++)
        entry->has_losses &= isfinite(losses_part(&best->losses, part)) != 0;
}

static int whole(size_t number)
{
    return number < 1000000000 ? (int)number : 0;
}

int entry_make(struct entry *entry, const char *name, const struct result_set *set,
               const char *directory, struct error *error)
{
    const struct machine_facts *machine = &set->machine;
    const struct setup *setup = &set->summaries[0].setup;
    *entry = (struct entry){.cores = machine->cores,
                            .threads = machine->threads,
                            .quota = machine->quota,
                            .images = setup->images,
                            .ny = whole(setup->ny),
                            .nx = whole(setup->nx),
                            .window = whole(setup->config.parameters.window),
                            .tasks = setup->tasks,
                            .t0_s = set->summaries[0].t0_s};
    copy(entry->name, sizeof entry->name, name);
    copy(entry->cpu, sizeof entry->cpu, machine->cpu);
    copy(entry->filter, sizeof entry->filter, setup->config.filter);
    copy(entry->version, sizeof entry->version, machine->commit);
    copy(entry->verdict, sizeof entry->verdict, machine->verdict);
    copy(entry->date, sizeof "2026-01-01", machine->date);
    for (size_t i = 0; i < set->count; i++) {
        const struct summary *summary = &set->summaries[i];
        entry->wrong_results |= summary->status == RUN_WRONG;
        if (isnan(entry->t0_s))
            entry->t0_s = summary->t0_s;
        if (summary->status == RUN_OK && summary->speedup.value > 0)
            add_point(entry, summary);
    }
    entry_settle(entry);
    take_losses(entry, result_set_best(set));
    if (directory && entry_take_files(entry, directory, error) != 0)
        return -1;
    entry_judge(entry);
    return 0;
}

static bool waits(const struct entry *entry)
{
    return strcmp(entry->filter, "wait") == 0;
}

static void judge_as(struct entry *entry, enum entry_state state, const char *why)
{
    entry->state = state;
    copy(entry->why, sizeof entry->why, why);
}

void entry_judge(struct entry *entry)
{
    const double too_wide = 0.25; /* interval / speedup */
    const double above = 1.1;     /* a clock that rises between two runs gives some % too much */
    char text[sizeof entry->why];
    entry->state = ENTRY_FIT;
    entry->why[0] = '\0';
    if (entry->best < 0) {
        judge_as(entry, ENTRY_WRONG, "nothing ran to its end and was right");
        return;
    }
    const struct entry_point *best = &entry->points[entry->best];
    if (strncmp(entry->verdict, "wrong", strlen("wrong")) == 0) {
        judge_as(entry, ENTRY_WRONG, entry->verdict);
    } else if (entry->wrong_results) {
        judge_as(entry, ENTRY_WRONG, "some results were wrong");
    } else if (!waits(entry) && best->speedup.value > above * entry->threads) {
        snprintf(text, sizeof text, "a speedup of %.4g on %d hardware threads cannot be",
                 best->speedup.value, entry->threads);
        judge_as(entry, ENTRY_WRONG, text);
    } else if (*entry->verdict && strcmp(entry->verdict, "fit to post") != 0) {
        judge_as(entry, ENTRY_NOISY, entry->verdict);
    } else if (!(best->speedup.high > best->speedup.low) && best->workers > 1) {
        judge_as(entry, ENTRY_NOISY, "too few rounds for an interval");
    } else if (best->speedup.high - best->speedup.low > too_wide * best->speedup.value) {
        snprintf(text, sizeof text, "the speedup is anything from %.3g to %.3g", best->speedup.low,
                 best->speedup.high);
        judge_as(entry, ENTRY_NOISY, text);
    }
}

double entry_tp(const struct entry *entry)
{
    return entry->best < 0 ? (double)NAN : entry->points[entry->best].wall_s;
}

double entry_efficiency(const struct entry *entry)
{
    const struct entry_point *found = NULL;
    for (int i = 0; i < entry->count; i++)
        if (entry->points[i].workers <= entry->cores)
            found = &entry->points[i];
    if (!found || 2 * found->workers < entry->cores)
        return (double)NAN;
    return found->speedup.value / entry->cores;
}

void entry_work(const struct entry *entry, char text[ENTRY_TEXT])
{
    if (entry->ny > 0)
        snprintf(text, ENTRY_TEXT, "%.60s, %d images of %dx%d", entry->filter, entry->images,
                 entry->ny, entry->nx);
    else
        snprintf(text, ENTRY_TEXT, "%.60s, %d images", entry->filter, entry->images);
}

const char *entry_maker(const struct entry *entry)
{
    static const char *const marks[][2] = {
        {"Intel", "Intel"}, {"Xeon", "Intel"},  {"AMD", "AMD"},       {"Ryzen", "AMD"},
        {"EPYC", "AMD"},    {"Apple", "Apple"}, {"ARM", "ARM"},       {"Neoverse", "ARM"},
        {"Cortex", "ARM"},  {"aarch64", "ARM"}, {"Snapdragon", "ARM"}};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (strstr(entry->cpu, marks[i][0]))
            return marks[i][1];
    return "other";
}

const char *entry_system(const struct entry *entry)
{
    if (strstr(entry->system, "WSL") || strstr(entry->system, "microsoft"))
        return "Windows (WSL)";
    if (strstr(entry->system, "Darwin") || strstr(entry->system, "macOS"))
        return "macOS";
    return strstr(entry->system, "Linux") ? "Linux" : "other";
}

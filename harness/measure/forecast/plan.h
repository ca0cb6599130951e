/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan of a benchmark, made before it begins: how many rounds of what fit into the budget.
 *
 * Every section gets the same number of rounds, at least 6, since below there are no intervals. Where
 * the budget is too short for that, the costliest section gets fewer images and then fewer
 * configurations; never does one get a single round of everything. No clock, no files: the costs come
 * from a quick run that the caller makes. */
#ifndef HARNESS_MEASURE_FORECAST_PLAN_H
#define HARNESS_MEASURE_FORECAST_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/measure/statistics.h"

/* Rounds: for an interval; in the lesson; and the most that a budget is used for, since more of
 * them make intervals hardly narrower. */
enum {
    PLAN_ROUNDS_AT_LEAST = SAMPLES_FOR_INTERVAL,
    PLAN_ROUNDS_WANTED = 8,
    PLAN_ROUNDS_AT_MOST = 25
};

enum { PLAN_TEXT = 256 };

/* Whether a strategy is to be measured on so many workers: the whole sweep for the one strategy
 * `sweeper` (pool, where it takes part), the others on `most` workers only; all where the user has
 * asked for numbers of workers. */
bool plan_wants(const char *strategy, const char *sweeper, int workers, int most, bool asked_for);

/* What one run takes, seconds: `overhead_s` for its process and for checking it, and the tasks. They
 * are `tasks` equal ones of serial_s together, on `workers` workers and `cores` cores (tasks that
 * wait take none: then cores is not looked at). */
double plan_run_s(double serial_s, double overhead_s, int tasks, int workers, double cores,
                  bool waits);

/* One configuration of a section. The serial one comes first. */
struct plan_config {
    double tasks_s;    /* of a run: what shrinks with the number of images */
    double overhead_s; /* what does not */
    bool keep;         /* asked for by name, or the baseline: not to be cut */
    bool twice;        /* measured twice in every round, for the noise floor */
    bool cut;          /* filled in: left out of the plan */
};

struct plan_section {
    const char *name;
    struct plan_config *configs;
    size_t count;
    double fixed_s;      /* before and after all rounds: making images, drawing graphs */
    int images;          /* as asked for; filled in: as planned */
    int images_at_least; /* = images where the user has said how many */
    int rounds;          /* filled in */
    double seconds;      /* filled in: all of it, with the round that is watched */
};

/* Plans all sections together for `budget_s` seconds, with at most `rounds_at_most` rounds. Fills in
 * what the structs say so of, and returns the seconds of the whole. Where even the smallest plan of 6
 * rounds would take more than one and a half times the budget, there are fewer rounds, at least 1. */
double plan_make(struct plan_section *sections, size_t count, double budget_s, int rounds_at_most);

/* What is cut of a section: "10 images instead of 25; without the 2 longest", or "". `text` has
 * PLAN_TEXT bytes, `images` are those asked for. */
void plan_cuts_text(const struct plan_section *section, int images, char *text);

/* One line about a section, "8 rounds of 13 runs, 0:52" and what was cut. `images` are those
 * asked for; `text` has PLAN_TEXT bytes. */
void plan_text(const struct plan_section *section, int images, char *text);

#endif

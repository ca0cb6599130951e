/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/judge/verdict.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/base/text/append.h"
#include "harness/measure/judge/comparison.h"

static const double SHARE_AT_LEAST = 0.95; /* of its cores, that a good run had */
static const double FLOOR_AT_MOST = 0.10;  /* that serial runs may differ from themselves */

const char *const verdict_colours[] = {"green", "yellow", "red", NULL};

/* What a task waited by itself, for a lock, nobody took from it. */
double verdict_share(const struct verdict_run *run)
{
    double taken = run->taken_s / run->task_s;
    return isnan(taken) ? run->task_cpu_s / run->task_s : 1 - taken;
}

bool verdict_good_run(const struct verdict_run *run, int workers, double usable, bool waits)
{
    if (waits || workers > usable)
        return true;
    /* Written so that what is not known (NaN) is not held against the run. */
    return !(verdict_share(run) < SHARE_AT_LEAST) &&
           !(run->taken_s / (run->wall_s * workers) > 1 - SHARE_AT_LEAST);
}

size_t verdict_good_rounds(const struct verdict_case *facts, const struct verdict_config *config,
                           bool *good)
{
    const struct verdict_config *serial = &facts->configs[0];
    size_t count = 0;
    for (size_t i = 0; i < facts->rounds; i++) {
        good[i] = verdict_good_run(&serial->runs[i], 1, facts->usable, facts->waits) &&
                  verdict_good_run(&config->runs[i], config->workers, facts->usable, facts->waits);
        count += good[i];
    }
    return count;
}

/* ---- figures ------------------------------------------------------------------------------------ */

/* Room for the numbers of one verdict. */
struct room {
    double *times;          /* rounds for each configuration */
    const double **rows;    /* of those that are right and run on several workers */
    size_t *config_of;      /* which configuration a row is of */
    bool *alike, *good;     /* of each row; of each round */
    double *first, *second; /* a number for each round */
};

static void free_room(struct room *room)
{
    free(room->times);
    free(room->rows);
    free(room->config_of);
    free(room->alike);
    free(room->good);
    free(room->first);
    free(room->second);
}

static int make_room(const struct verdict_case *facts, struct room *room)
{
    size_t rounds = facts->rounds ? facts->rounds : 1;
    *room = (struct room){.times = calloc(facts->count * rounds, sizeof *room->times),
                          .rows = calloc(facts->count, sizeof *room->rows),
                          .config_of = calloc(facts->count, sizeof *room->config_of),
                          .alike = calloc(facts->count, sizeof *room->alike),
                          .good = calloc(rounds, sizeof *room->good),
                          .first = calloc(rounds, sizeof *room->first),
                          .second = calloc(rounds, sizeof *room->second)};
    if (room->times && room->rows && room->config_of && room->alike && room->good && room->first &&
        room->second)
        return 0;
    free_room(room);
    return -1;
}

static double serial_share(const struct verdict_case *facts, struct room *room)
{
    if (facts->waits)
        return (double)NAN;
    size_t known = 0;
    for (size_t i = 0; i < facts->rounds; i++) {
        double share = verdict_share(&facts->configs[0].runs[i]);
        if (!isnan(share))
            room->first[known++] = share;
    }
    return statistics_median(room->first, known).value;
}

/* How far this configuration differs from itself: in the good rounds, as its speedup is. */
static double noise_of(const struct verdict_case *facts, struct room *room,
                       const struct verdict_config *config)
{
    size_t count = 0;
    if (!config->right || !config->again)
        return (double)NAN;
    verdict_good_rounds(facts, config, room->good);
    for (size_t i = 0; i < facts->rounds; i++)
        if (room->good[i] &&
            verdict_good_run(&config->again[i], config->workers, facts->usable, facts->waits)) {
            room->first[count] = config->runs[i].wall_s;
            room->second[count++] = config->again[i].wall_s;
        }
    return comparison_floor(room->first, room->second, count);
}

static void find_floor(const struct verdict_case *facts, struct room *room, struct verdict *verdict)
{
    for (size_t i = 0; i < facts->count; i++) {
        const struct verdict_config *config = &facts->configs[i];
        double noise = noise_of(facts, room, config);
        if (isnan(noise))
            continue;
        verdict->floor = fmax(verdict->floor, noise); /* NaN at first */
        text_append(verdict->floors, VERDICT_TEXT, "%s%.1f %% (%s", *verdict->floors ? ", " : "",
                    100 * noise, config->label);
        if (config->workers > 1)
            text_append(verdict->floors, VERDICT_TEXT, " on %d", config->workers);
        text_append(verdict->floors, VERDICT_TEXT, ")");
    }
}

/* The speedup over the good rounds; where these are too few for an interval, over all. */
static struct estimate speedup_of(const struct verdict_case *facts, struct room *room,
                                  const struct verdict_config *config, size_t *good_rounds)
{
    size_t count = 0;
    *good_rounds = verdict_good_rounds(facts, config, room->good);
    bool all = *good_rounds < SAMPLES_FOR_INTERVAL;
    for (size_t i = 0; i < facts->rounds; i++)
        if (all || room->good[i]) {
            room->first[count] = facts->configs[0].runs[i].wall_s;
            room->second[count++] = config->runs[i].wall_s;
        }
    return statistics_ratio(room->first, room->second, count);
}

/* What CPU time suggests: waiting for a core costs wall time and no CPU time. With more workers than
 * cores counting allows more than the cores do. Where the workers took less CPU time than the serial
 * run, that is noise: no more than all of the cores can be had. */
static double estimate_of(const struct verdict_case *facts, struct room *room,
                          const struct verdict_config *config)
{
    for (size_t i = 0; i < facts->rounds; i++) {
        room->first[i] = facts->configs[0].runs[i].cpu_s;
        room->second[i] = config->runs[i].cpu_s;
    }
    double ratio = statistics_ratio(room->first, room->second, facts->rounds).value;
    double most = config->ceiling > facts->usable ? facts->usable : config->ceiling;
    return facts->waits ? (double)NAN : most * fmin(ratio, 1);
}

/* ---- the best, and those like it ---------------------------------------------------------------- */

static void name_alike(const struct verdict_case *facts, const struct room *room, size_t rows,
                       size_t best_row, char *text)
{
    size_t best = room->config_of[best_row], named = 1, others = 0;
    for (size_t row = 0; row < rows; row++)
        others += row != best_row && room->alike[row] &&
                  facts->configs[room->config_of[row]].workers == facts->configs[best].workers;
    text_append(text, VERDICT_TEXT, "%s", facts->configs[best].label);
    for (size_t row = 0; row < rows; row++) {
        const struct verdict_config *config = &facts->configs[room->config_of[row]];
        if (row == best_row || !room->alike[row] || config->workers != facts->configs[best].workers)
            continue;
        text_append(text, VERDICT_TEXT, "%s%s", named++ == others ? " and " : ", ", config->label);
    }
}

static void find_best(const struct verdict_case *facts, struct room *room, struct verdict *verdict)
{
    size_t rows = 0;
    for (size_t i = 1; i < facts->count; i++) {
        if (!facts->configs[i].right)
            continue;
        double *times = room->times + rows * facts->rounds;
        for (size_t round = 0; round < facts->rounds; round++)
            times[round] = facts->configs[i].runs[round].wall_s;
        room->rows[rows] = times;
        room->config_of[rows++] = i;
    }
    verdict->compared = rows;
    int row = comparison_best(room->rows, rows, facts->rounds, verdict->floor, room->alike);
    if (row < 0)
        return;
    verdict->best = (int)room->config_of[row];
    name_alike(facts, room, rows, (size_t)row, verdict->alike);
    const struct verdict_config *best = &facts->configs[verdict->best];
    verdict->speedup = speedup_of(facts, room, best, &verdict->good_rounds);
    verdict->estimate = estimate_of(facts, room, best);
}

/* ---- words -------------------------------------------------------------------------------------- */

static void add_reason(struct verdict *verdict, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void add_reason(struct verdict *verdict, const char *format, ...)
{
    char reason[VERDICT_TEXT];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    text_append(verdict->text, VERDICT_TEXT, "%s%s",
                verdict->colour == VERDICT_GREEN ? "disturbed: " : "; ", reason);
    verdict->colour = VERDICT_YELLOW;
}

/* Tables, graphs and the line to post have medians over all rounds. Where two in three are good, these lie in
 * the middle half of the good ones, whatever the others are. */
static bool outnumbers(size_t good, size_t rounds)
{
    return 3 * good >= 2 * rounds;
}

static void judge_best(const struct verdict_case *facts, struct verdict *verdict)
{
    const struct verdict_config *best = &facts->configs[verdict->best];
    double speedup = verdict->speedup.value;
    if (!facts->waits && speedup > facts->usable)
        add_reason(verdict, "%s seems %.2f times faster, on %.4g cores", best->label, speedup,
                   facts->usable);
    else if (speedup > VERDICT_ABOVE_CEILING * best->ceiling)
        add_reason(verdict, "%s seems %.2f times faster, where counting allows %.2f", best->label,
                   speedup, best->ceiling);
    if (verdict->good_rounds < SAMPLES_FOR_INTERVAL)
        add_reason(verdict, "%zu good round%s of %zu, and 6 are needed", verdict->good_rounds,
                   verdict->good_rounds == 1 ? "" : "s", facts->rounds);
    else if (!outnumbers(verdict->good_rounds, facts->rounds))
        add_reason(verdict, "%zu good rounds of %zu, and two in three are needed",
                   verdict->good_rounds, facts->rounds);
}

/* What to do, the most telling reason first: who was in the way, else quiet, else more rounds. */
static void advise(const struct verdict_case *facts, struct verdict *verdict)
{
    bool seen = facts->remedy && *facts->remedy;
    if (verdict->colour != VERDICT_YELLOW)
        return;
    if (seen)
        text_append(verdict->remedy, VERDICT_TEXT, "%s, then measure again", facts->remedy);
    else if (verdict->good_rounds == facts->rounds && facts->rounds < SAMPLES_FOR_INTERVAL)
        text_append(verdict->remedy, VERDICT_TEXT,
                    "measure for longer: --budget %.0f, or --rounds 8",
                    ceil(facts->budget_s * (SAMPLES_FOR_INTERVAL + 2) /
                         (double)(facts->rounds ? facts->rounds : 1)));
    else
        text_append(
            verdict->remedy, VERDICT_TEXT,
            "close other programs, plug in the charger, and measure again with twice the time: "
            "--budget %.0f",
            2 * facts->budget_s);
}

static void judge_wrong(const struct verdict_case *facts, struct verdict *verdict)
{
    size_t incorrect = 0, lost = 0;
    for (size_t i = 0; i < facts->count; i++) {
        incorrect += facts->configs[i].incorrect;
        lost += !facts->configs[i].right && !facts->configs[i].incorrect;
    }
    bool none = facts->count > 1 && verdict->compared == 0;
    if (incorrect > 0) {
        verdict->colour = VERDICT_RED;
        text_append(verdict->text, VERDICT_TEXT, "wrong results: %zu of %zu configurations",
                    incorrect, facts->count);
    } else if (none || !facts->configs[0].right) {
        verdict->colour = VERDICT_RED;
        text_append(verdict->text, VERDICT_TEXT, "no result: %zu of %zu configurations failed",
                    lost, facts->count);
    }
    if (verdict->colour == VERDICT_RED)
        text_append(verdict->remedy, VERDICT_TEXT,
                    "`speedup grade --strategy NAME` says what is wrong with a strategy");
}

int verdict_judge(const struct verdict_case *facts, struct verdict *verdict)
{
    struct room room;
    const double nothing = (double)NAN;
    double serial_floor = nothing;
    *verdict = (struct verdict){.best = -1,
                                .speedup = {nothing, nothing, nothing},
                                .estimate = nothing,
                                .floor = nothing,
                                .serial_share = nothing};
    if (make_room(facts, &room) != 0)
        return -1;
    if (facts->configs[0].right) {
        verdict->serial_share = serial_share(facts, &room);
        serial_floor = noise_of(facts, &room, &facts->configs[0]);
        find_floor(facts, &room, verdict);
        find_best(facts, &room, verdict);
    }
    free_room(&room);
    judge_wrong(facts, verdict);
    if (verdict->colour == VERDICT_RED)
        return 0;
    if (facts->disturbed && *facts->disturbed)
        add_reason(verdict, "%s", facts->disturbed);
    if (verdict->serial_share < SHARE_AT_LEAST)
        add_reason(verdict, "the serial runs had %.2f of a core", verdict->serial_share);
    if (serial_floor > FLOOR_AT_MOST)
        add_reason(verdict, "the serial runs differ from themselves by %.0f %%",
                   100 * serial_floor);
    if (verdict->best >= 0)
        judge_best(facts, verdict);
    else if (facts->rounds < SAMPLES_FOR_INTERVAL)
        add_reason(verdict, "%zu round%s, and 6 are needed", facts->rounds,
                   facts->rounds == 1 ? "" : "s");
    verdict->headline = verdict->colour == VERDICT_GREEN;
    if (verdict->headline)
        text_append(verdict->text, VERDICT_TEXT, "fit to post");
    advise(facts, verdict);
    return 0;
}

enum linear verdict_linear(const struct estimate *speedup, double ceiling, int workers)
{
    if (workers > 1 && ceiling < VERDICT_LINEAR * workers) /* false for NaN */
        return LINEAR_NO;
    if (workers > 1 && speedup->low > VERDICT_LINEAR * workers)
        return LINEAR_YES;
    if (workers > 1 && speedup->high < VERDICT_LINEAR * workers)
        return LINEAR_NO;
    return LINEAR_UNKNOWN;
}

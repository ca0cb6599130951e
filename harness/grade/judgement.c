/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/grade/judgement.h"

#include <stdio.h>
#include <string.h>

#include "harness/grade/faults.h"
#include "harness/grade/plan.h"
#include "harness/measure/statistics.h"

/* Of 10 points: for right results, for being parallel, for tasks of uneven length; and what
 * spinning costs. */
enum { POINTS_RIGHT = 4, POINTS_PARALLEL = 5, POINTS_UNEVEN = 1, POINTS_SPINNING = 2 };

/* Shares of what can be gained. All points from FULL_SHARE on: what is lost by starting threads,
 * and by a machine that is never quite quiet, is no fault. Not parallel below PARALLEL_SHARE. */
static const double FULL_SHARE = 0.85, PARALLEL_SHARE = 0.12;

/* Uneven tasks are to gain at least this share of what even ones do. */
static const double UNEVEN_SHARE = 0.75;

/* Where even pool gains less, others use the cores, and timing says nothing. */
static const double TIMING_SHARE = 0.5;

static void set_place(struct judgement *judgement, const char *file, int line)
{
    snprintf(judgement->file, sizeof judgement->file, "%.*s", FILE_MAX - 1, line > 0 ? file : "");
    judgement->line = line;
}

static int find_line(const struct subject *subject, const char *first, const char *second)
{
    const char *const words[] = {first, second, NULL};
    return subject_line(subject, 1, words);
}

static bool was_seen(const struct evidence *evidence, const char *kind)
{
    for (int i = 0; i < evidence->seen.faults; i++)
        if (strcmp(evidence->seen.fault[i].kind, kind) == 0)
            return true;
    return false;
}

/* The line that the words of the source suggest, where the probe knows none; 0: none does. */
static int guess_line(const struct subject *subject, const char *kind)
{
    static const struct {
        const char *kind, *first, *second;
    } guesses[] = {{"dropped-remainder", "/ workers", NULL},
                   {"dropped-remainder", "/workers", NULL},
                   {"dropped-remainder", "/ ", "workers"},
                   {"leaked-thread", "pthread_create", NULL},
                   {"forgotten-join", "pthread_create", NULL},
                   {"forgotten-join", "fork()", NULL},
                   {"leaked-process", "fork()", NULL},
                   {"leaked-descriptor", "open(", NULL}, /* fopen() and popen(), too */
                   {"stale-state", "static", "= 0;"},
                   {"stale-state", "static", ";"},
                   {"endless-loop", "while", NULL},
                   {"endless-loop", "for", NULL},
                   {"ended-early", "exit(", NULL},
                   {"wrong-return", "return -1", NULL},
                   {"wrong-return", "return ", NULL},
                   {"work-skipped", "job_run", NULL},
                   {"work-skipped", "int run(", NULL}};
    for (size_t i = 0; i < sizeof guesses / sizeof guesses[0]; i++) {
        const char *const words[] = {guesses[i].first, guesses[i].second, NULL};
        /* It is run() that returns, not what the threads do. */
        int from = strcmp(kind, "wrong-return") == 0 ? find_line(subject, "int run(", NULL) : 1;
        int line = strcmp(guesses[i].kind, kind) == 0 ? subject_line(subject, from, words) : 0;
        if (line > 0)
            return line;
    }
    return 0;
}

/* ---- wrong -------------------------------------------------------------------------------------- */

/* Whether memory was used that had been there before. */
static bool was_used_after(const struct evidence *evidence, const char *what)
{
    for (int i = 0; i < evidence->seen.faults; i++)
        if (strcmp(evidence->seen.fault[i].kind, "memory-error") == 0 &&
            strstr(evidence->seen.fault[i].text, what))
            return true;
    return false;
}

/* All threads were given the same address, and what lay there changed, or was gone at the end of each
 * turn: then the worker numbers that clash come from there. */
static bool is_loop_variable(const struct evidence *evidence)
{
    bool gone = evidence->seen.argument_again && was_used_after(evidence, "after its function");
    return (evidence->seen.argument_shared || gone) &&
           (was_seen(evidence, "same-worker") || was_seen(evidence, "wrong-worker"));
}

static bool takes_workers_for_granted(const struct evidence *evidence)
{
    return evidence->wrong_worker_at_one && evidence->least_right_workers > 1 &&
           !was_seen(evidence, "same-worker");
}

/* Another name for what was seen, where more is known than the case itself could know. */
static const char *refine(const struct evidence *evidence, const char *kind)
{
    bool worker = strcmp(kind, "wrong-worker") == 0 || strcmp(kind, "same-worker") == 0;
    if (is_loop_variable(evidence) && (worker || strcmp(kind, "data-race") == 0))
        return "loop-variable";
    if (strcmp(kind, "wrong-worker") == 0 && takes_workers_for_granted(evidence))
        return "fixed-workers";
    return kind;
}

/* Whether another fault explains this one. A thread that nobody waits for goes on with what run()
 * has left, and that is a race, too; so is the end of what others still use. In a job without tasks,
 * the last one would have the number -1: a strategy that runs it is wrong in other cases as well,
 * which say more. */
static bool follows_from_another(const struct evidence *evidence, const struct fault *fault)
{
    if (strcmp(fault->kind, "data-race") == 0)
        return was_seen(evidence, "leaked-thread") || was_used_after(evidence, " after it");
    return strcmp(fault->kind, "wrong-bounds") == 0 && fault->tasks == 0 &&
           evidence->seen.faults > 1;
}

static void blame(const struct subject *subject, const struct evidence *evidence,
                  const struct fault *fault, const char *kind, struct judgement *judgement)
{
    const struct named_place *created = observation_place(&evidence->seen, "created");
    int guess = guess_line(subject, kind);
    snprintf(judgement->kind, sizeof judgement->kind, "%s", kind);
    snprintf(judgement->seen, sizeof judgement->seen, "%s", fault->text);
    set_place(judgement, fault->file[0] ? fault->file : subject->source, fault->line);
    if (strcmp(kind, "loop-variable") == 0) {
        int line = created ? created->line : find_line(subject, "pthread_create", NULL);
        set_place(judgement, subject->source, line);
    } else if (guess > 0 && (fault->line == 0 || strcmp(kind, "dropped-remainder") == 0 ||
                             strcmp(kind, "stale-state") == 0)) {
        set_place(judgement, subject->source, guess);
    }
}

/* The fault that stands first in the list of kinds. */
static bool judge_faults(const struct subject *subject, const struct evidence *evidence,
                         struct judgement *judgement)
{
    for (size_t k = 0; fault_kinds[k].name; k++)
        for (int i = 0; i < evidence->seen.faults; i++) {
            const struct fault *fault = &evidence->seen.fault[i];
            const char *kind = refine(evidence, fault->kind);
            if (strcmp(kind, fault_kinds[k].name) == 0 && !follows_from_another(evidence, fault)) {
                blame(subject, evidence, fault, kind, judgement);
                return true;
            }
        }
    return false;
}

static bool judge_compilation(const struct subject *subject, const struct evidence *evidence,
                              struct judgement *judgement)
{
    if (evidence->compiled)
        return false;
    snprintf(judgement->kind, sizeof judgement->kind, "compile-error");
    for (int i = 0; i < evidence->check.diagnostics; i++) {
        const struct diagnostic *diagnostic = &evidence->check.diagnostic[i];
        if (!diagnostic->is_error)
            continue;
        snprintf(judgement->seen, sizeof judgement->seen, "%s", diagnostic->text);
        set_place(judgement, diagnostic->line > 0 ? diagnostic->file : subject->source,
                  diagnostic->line > 0 ? diagnostic->line : 1);
        if (diagnostic->line == 0 && strstr(diagnostic->text, "ndefined"))
            snprintf(
                judgement->seen, sizeof judgement->seen,
                "it needs a `const struct strategy strategy_mine`, or calls what does not exist: "
                "%.180s",
                diagnostic->text);
        return true;
    }
    return true;
}

/* ---- right: how parallel ------------------------------------------------------------------------ */

static double ceiling_of(int tasks, int workers)
{
    return (double)tasks / ((tasks + workers - 1) / workers);
}

/* 0 for no gain over one worker, 1 for all that the ceiling allows. */
static double share_of(double speedup, double reachable)
{
    double share = reachable > 1 ? (speedup - 1) / (reachable - 1) : 1;
    return share < 0 ? 0 : share > 1 ? 1 : share;
}

static void compute_shares(const struct evidence *evidence, struct judgement *judgement)
{
    int workers = evidence->wait_workers;
    if (evidence->sleeping.done)
        judgement->waiting_share = share_of(observation_at_a_time(&evidence->sleeping.seen),
                                            ceiling_of(PLAN_SLEEP_TASKS, workers));
    if (evidence->ramp.done)
        judgement->uneven_share = share_of(observation_at_a_time(&evidence->ramp.seen), workers);
}

static void compute_speed(const struct evidence *evidence, int workers, struct judgement *judgement)
{
    double mine[ROUNDS], pool[ROUNDS];
    if (evidence->rounds < ROUNDS_AT_LEAST)
        return;
    for (int i = 0; i < evidence->rounds; i++) {
        mine[i] = evidence->serial_s[i] / evidence->graded_s[i];
        pool[i] = evidence->serial_s[i] / evidence->pool_s[i];
    }
    judgement->speedup = statistics_median(mine, (size_t)evidence->rounds).value;
    judgement->pool_speedup = statistics_median(pool, (size_t)evidence->rounds).value;
    judgement->ceiling = ceiling_of(PLAN_TIMED_TASKS, workers);
}

/* What the machine gave to pool is what can be reached on it now, and never more than the ceiling.
 * Where it gave pool next to nothing, timing says nothing. */
static double timed_share(const struct judgement *judgement)
{
    double ceiling = judgement->ceiling, pool = judgement->pool_speedup;
    if (share_of(pool, ceiling) < TIMING_SHARE)
        return 1;
    return share_of(judgement->speedup, pool < ceiling ? pool : ceiling);
}

static void remark(struct judgement *judgement, const char *kind, const char *file, int line,
                   const char *seen)
{
    snprintf(judgement->kind, sizeof judgement->kind, "%s", kind);
    snprintf(judgement->seen, sizeof judgement->seen, "%s", seen);
    set_place(judgement, file, line);
}

static void say_why_not_parallel(const struct subject *subject, const struct evidence *evidence,
                                 struct judgement *judgement)
{
    const struct observation *seen = &evidence->sleeping.seen;
    const struct named_place *locked = observation_place(seen, "locked");
    const struct named_place *joined = observation_place(seen, "joined");
    const struct named_place *task = observation_place(seen, "task");
    int critical = find_line(subject, "#pragma", "critical");
    bool one_at_a_time = seen->threads_most <= 1 && seen->processes_most <= 1 && seen->created > 1;
    if (locked)
        remark(judgement, "lock-held", locked->file, locked->line,
               "the lock is held over job_run()");
    else if (critical > 0)
        remark(judgement, "lock-held", subject->source, critical,
               "only one thread at a time may enter");
    else if (joined && one_at_a_time)
        remark(judgement, "not-parallel", joined->file, joined->line,
               "each worker is waited for before the next is created");
    else
        remark(judgement, "not-parallel", task ? task->file : "", task ? task->line : 0,
               "no two tasks ever ran at the same time");
}

static void judge_right(const struct subject *subject, const struct evidence *evidence,
                        struct judgement *judgement)
{
    char text[FAULT_TEXT_MAX];
    const struct named_place *task = observation_place(&evidence->sleeping.seen, "task");
    bool one_worker = evidence->wait_workers == 1;
    double share = judgement->waiting_share;
    judgement->right = true;
    judgement->parallel = one_worker || judgement->waiting_share > PARALLEL_SHARE;
    if (!judgement->parallel) {
        judgement->points = POINTS_RIGHT;
        say_why_not_parallel(subject, evidence, judgement);
        return;
    }
    if (judgement->speedup > 0 && timed_share(judgement) < share)
        share = timed_share(judgement);
    share = share > FULL_SHARE || one_worker ? 1 : share / FULL_SHARE;
    bool uneven = judgement->uneven_share < UNEVEN_SHARE * judgement->waiting_share;
    judgement->points =
        POINTS_RIGHT + (int)(POINTS_PARALLEL * share + 0.5) + (uneven ? 0 : POINTS_UNEVEN);
    if (evidence->spinning_line > 0) {
        snprintf(text, sizeof text,
                 "%.2f s of CPU in %.2f s, while one task waited and none was left",
                 evidence->one.seen.cpu_s, evidence->one.seen.wall_s);
        remark(judgement, "spinning", subject->source, evidence->spinning_line, text);
        judgement->points -= POINTS_SPINNING;
    } else if (judgement->points < POINTS_MAX - (uneven ? POINTS_UNEVEN : 0)) {
        snprintf(text, sizeof text, "%.0f %% of what could be gained", 100 * share);
        remark(judgement, "slow", task ? task->file : "", task ? task->line : 0, text);
    } else if (uneven) {
        snprintf(text, sizeof text, "%.0f %% of what could be gained where tasks are uneven",
                 100 * judgement->uneven_share);
        remark(judgement, "uneven-split", task ? task->file : "", task ? task->line : 0, text);
    }
}

/* ---- in words ----------------------------------------------------------------------------------- */

static void describe_speed(const struct judgement *judgement, int workers, char *text, size_t size)
{
    if (judgement->speedup > 0)
        snprintf(text, size, "%.2f times as fast as serial on %d workers (pool %.2f, ceiling %.2f)",
                 judgement->speedup, workers, judgement->pool_speedup, judgement->ceiling);
    else
        snprintf(text, size, "%.0f %% of the ceiling with tasks that wait",
                 100 * judgement->waiting_share);
}

static void write_line(int workers, struct judgement *judgement)
{
    const struct fault_kind *kind = fault_find(judgement->kind);
    const char *meaning = kind ? kind->meaning : "";
    char at[FILE_MAX + 32] = "", speed[160];
    if (judgement->line > 0)
        snprintf(at, sizeof at, " at %s:%d", judgement->file, judgement->line);
    describe_speed(judgement, workers, speed, sizeof speed);
    if (!judgement->right)
        snprintf(judgement->line_text, VERDICT_TEXT, "verdict: %s%s: %s", judgement->kind, at,
                 meaning);
    else if (!judgement->parallel)
        snprintf(judgement->line_text, VERDICT_TEXT,
                 "verdict: correct, not parallel, %d of %d points: %s%s: %s", judgement->points,
                 POINTS_MAX, judgement->kind, at, meaning);
    else if (kind)
        snprintf(judgement->line_text, VERDICT_TEXT,
                 "verdict: correct, %d of %d points: %s%s: %s; %s", judgement->points, POINTS_MAX,
                 judgement->kind, at, meaning, speed);
    else
        snprintf(judgement->line_text, VERDICT_TEXT, "verdict: correct, %d of %d points: %s",
                 judgement->points, POINTS_MAX, speed);
    snprintf(judgement->next, VERDICT_TEXT, "%s",
             kind ? fault_next(kind, judgement->seen)
                  : "Read strategies/pool.c: what does it do that yours does not?");
}

void judgement_make(const struct subject *subject, const struct evidence *evidence, int workers,
                    struct judgement *judgement)
{
    memset(judgement, 0, sizeof *judgement);
    compute_shares(evidence, judgement);
    compute_speed(evidence, workers, judgement);
    if (!judge_compilation(subject, evidence, judgement) &&
        !judge_faults(subject, evidence, judgement))
        judge_right(subject, evidence, judgement);
    write_line(workers, judgement);
}

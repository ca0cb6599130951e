/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/grade/examine.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/base/clock.h"
#include "harness/base/process/interrupt.h"
#include "harness/grade/attempt.h"
#include "harness/grade/hang.h"
#include "harness/grade/plan.h"

enum { WAITING_ROUNDS = 6, TIMING_TRIES = 14 };
/* A run of tasks that wait is good enough at this share of as many tasks at a time as can be. */
static const double CLOSE = 0.9;
/* Once something wrong was found, so much time more for what may say why. */
static const double AFTER_FAULT_S = 2;

static bool is_wanted(const struct examiner *examiner, const struct trial *trial)
{
    const struct examination *settings = examiner->settings;
    return (settings->only == 0 || trial->workers == settings->only) &&
           (!settings->quick || trial->quick);
}

static bool has_time(const struct examiner *examiner)
{
    return examiner->first_fault_s == 0 ||
           clock_seconds() < examiner->first_fault_s + AFTER_FAULT_S;
}

/* Whoever sleeps, or waits until some time, may do so in the place of waiting for an end. Then there is
 * a task that takes longer. */
static int try_late_task(struct examiner *examiner, struct error *error)
{
    int only = examiner->settings->only;
    const struct trial late = {5, only > 0 ? only : 2, 1, PLAN_LATE, 1, true};
    struct observation seen;
    if (!examiner->evidence->seen.looks_at_clock || examiner->late_is_tried ||
        examiner->first_fault_s > 0)
        return 0;
    examiner->late_is_tried = true;
    return attempt(examiner, "graded", &late, &seen, error);
}

/* All cases of a build; not the ones that measure. After a fault only for a while, and a sanitizer
 * always gets a few: it may know why. */
static int try_all(struct examiner *examiner, struct error *error)
{
    size_t count;
    const struct trial *trial = plan_trials(examiner->build, &count);
    int tried = 0;
    for (size_t i = 0; i < count && !examiner->hangs; i++) {
        struct observation seen;
        if (!is_wanted(examiner, &trial[i]))
            continue;
        if (tried++ >= 3 && !has_time(examiner))
            break;
        if (tried > 1 && examiner->evidence->stacks > 0)
            break; /* it hangs: one look at why is enough */
        if (attempt(examiner, "graded", &trial[i], &seen, error) != 0)
            return -1;
        if (examiner->build == BUILD_PLAIN && try_late_task(examiner, error) != 0)
            return -1;
    }
    return 0;
}

static int build(struct examiner *examiner, enum build which, struct compiled *compiled,
                 struct error *error)
{
    examiner->build = which;
    examiner->hangs = false;
    if (compile_build(examiner->subject, which, examiner->directory, compiled, error) != 0)
        return -1;
    snprintf(examiner->program, sizeof examiner->program, "%s", compiled->program);
    return 0;
}

/* Tries all cases under a sanitizer. A note says where it is missing or cannot run: that is no fault. */
static int try_sanitizer(struct examiner *examiner, enum build which, const char *name,
                         struct error *error)
{
    struct compiled compiled;
    if (build(examiner, which, &compiled, error) != 0)
        return -1;
    const char *why_not =
        which == BUILD_THREAD ? plan_why_no_races(examiner->subject, compiled.hooked) : NULL;
    if (why_not) {
        attempt_note(examiner->evidence, "%s", why_not);
    } else if (!compiled.ok) {
        attempt_note(examiner->evidence, "%s has no %s here: not checked with it",
                     compile_compiler(), name);
    } else if (try_all(examiner, error) != 0) {
        if (interrupt_signal())
            return -1;
        attempt_note(examiner->evidence, "%s does not run here: not checked with it", name);
    }
    return 0;
}

/* Whether the thread was met on its way, and running, in each of the two looks. */
static bool runs_twice(const struct observation *seen, const struct stance *stance)
{
    int times = 0;
    for (int i = 0; i < seen->stances; i++)
        times += seen->stance[i].thread == stance->thread && seen->stance[i].state == 'R' &&
                 strcmp(seen->stance[i].stand, "way") == 0;
    return times >= 2;
}

/* While one task waits and all others are done, somebody may be going round in a loop. */
static void look_for_spinning(struct examiner *examiner)
{
    struct evidence *evidence = examiner->evidence;
    const struct observation *seen = &evidence->one.seen;
    for (int i = 0; i < seen->stances && evidence->spinning_line == 0; i++)
        if (runs_twice(seen, &seen->stance[i]))
            evidence->spinning_line =
                hang_line(&seen->stance[i], examiner->program, examiner->subject->source);
}

/* Of several measurements the one with the most tasks at a time: nothing makes it better than it is, others
 * make it worse. One that is close to `enough` is good enough. */
static int try_best(struct examiner *examiner, const struct trial *trial, double enough,
                    struct measured *measured, struct error *error)
{
    for (int i = 0; i < WAITING_ROUNDS && !examiner->hangs; i++) {
        struct observation seen;
        if (attempt(examiner, "graded", trial, &seen, error) != 0)
            return -1;
        if (!measured->done ||
            observation_at_a_time(&seen) > observation_at_a_time(&measured->seen))
            measured->seen = seen;
        measured->done = !examiner->hangs;
        if (observation_at_a_time(&measured->seen) >= CLOSE * enough)
            break;
    }
    return 0;
}

static int measure_waiting(struct examiner *examiner, struct error *error)
{
    struct evidence *evidence = examiner->evidence;
    int workers = examiner->settings->only > 0 ? examiner->settings->only : 4;
    struct {
        struct trial trial;
        double enough;
        struct measured *measured;
    } cases[] = {
        {{PLAN_SLEEP_TASKS, workers, 1, PLAN_SLEEP, 1, true}, workers, &evidence->sleeping},
        {{PLAN_RAMP_TASKS, workers, 1, PLAN_RAMP, 1, true}, workers, &evidence->ramp},
        {{8, workers, 1, PLAN_ONE, 1, true}, 0, &evidence->one}};
    evidence->wait_workers = workers;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (try_best(examiner, &cases[i].trial, cases[i].enough, cases[i].measured, error) != 0)
            return -1;
    if (!examiner->subject->uses_openmp) /* how its threads wait is OpenMP's business */
        look_for_spinning(examiner);
    return 0;
}

/* Serial, pool and graded take turns, so that what disturbs one disturbs all. Where somebody else took cores
 * from one of them, all take turns once more. */
static int measure_speed(struct examiner *examiner, struct error *error)
{
    static const char *const strategies[] = {"serial", "pool", "graded"};
    struct evidence *evidence = examiner->evidence;
    double *const wall_s[] = {evidence->serial_s, evidence->pool_s, evidence->graded_s};
    struct trial trial = {PLAN_TIMED_TASKS, examiner->settings->workers, 1, PLAN_BUSY, 1, true};
    for (int tries = 0; tries < TIMING_TRIES && evidence->rounds < ROUNDS; tries++) {
        bool good = true;
        for (int i = 0; i < 3; i++) {
            struct observation seen;
            int turn = (i + tries) % 3;
            if (attempt(examiner, strategies[turn], &trial, &seen, error) != 0)
                return -1;
            wall_s[turn][evidence->rounds] = seen.wall_s;
            good = good && observation_had_cores(&seen, examiner->settings->cores);
        }
        evidence->rounds += good;
    }
    if (evidence->rounds < ROUNDS_AT_LEAST)
        attempt_note(evidence, "others used the cores: how fast it computes was not judged");
    return 0;
}

static int try_everything(struct examiner *examiner, struct error *error)
{
    struct compiled compiled;
    struct evidence *evidence = examiner->evidence;
    if (build(examiner, BUILD_CHECK, &evidence->check, error) != 0)
        return -1;
    if (!evidence->check.ok)
        return 0;
    if (build(examiner, BUILD_PLAIN, &compiled, error) != 0)
        return -1;
    if (!compiled.ok) {
        evidence->check = compiled;
        return 0;
    }
    evidence->compiled = true;
    if (subject_line(examiner->subject, 1, (const char *const[]){" main(", NULL}) > 0)
        attempt_note(evidence, "its main() is left out; take it out before you put the file into "
                               "strategies/");
    if (try_all(examiner, error) != 0)
        return -1;
    if (examiner->first_fault_s == 0 && measure_waiting(examiner, error) != 0)
        return -1;
    if (evidence->stacks == 0 &&
        try_sanitizer(examiner, BUILD_ADDRESS, "AddressSanitizer", error) != 0)
        return -1;
    if (try_sanitizer(examiner, BUILD_THREAD, "ThreadSanitizer", error) != 0)
        return -1;
    /* Timing comes last, so that nobody who has a race waits for it. */
    if (examiner->first_fault_s > 0 || examiner->settings->quick ||
        examiner->settings->workers == 1)
        return 0;
    examiner->build = BUILD_PLAIN;
    examiner->hangs = false;
    snprintf(examiner->program, sizeof examiner->program, "%s", compiled.program);
    return measure_speed(examiner, error);
}

static int make_directory(char directory[PATH_MAX], struct error *error)
{
    const char *place = getenv("TMPDIR");
    snprintf(directory, PATH_MAX, "%.3000s/speedup-grade-XXXXXX", place && *place ? place : "/tmp");
    return mkdtemp(directory) ? 0 : error_system(error, directory, "cannot be made", errno);
}

static void remove_directory(const char *directory)
{
    DIR *names = opendir(directory);
    for (struct dirent *entry; names && (entry = readdir(names));)
        unlinkat(dirfd(names), entry->d_name, 0);
    if (names)
        closedir(names);
    rmdir(directory);
}

int examine(const struct subject *subject, const struct examination *examination,
            struct evidence *evidence, struct error *error)
{
    struct examiner examiner = {.subject = subject, .settings = examination, .evidence = evidence};
    memset(evidence, 0, sizeof *evidence);
    if (make_directory(examiner.directory, error) != 0)
        return -1;
    int failed = try_everything(&examiner, error);
    remove_directory(examiner.directory);
    return failed;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/grade/examine.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/base/clock.h"
#include "harness/grade/build/addresses.h"
#include "harness/grade/build/capture.h"
#include "harness/grade/build/sanitizer.h"
#include "harness/grade/hang.h"
#include "harness/grade/plan.h"

enum { CASE_LIMIT_S = 40, WORD = 24, WAITING_ROUNDS = 6, TIMING_TRIES = 14 };
/* A run of tasks that wait is good enough at this share of as many tasks at a time as can be. */
static const double CLOSE = 0.9;
/* Without a task beginning or ending for so long, it hangs. Sanitizers slow everything down. */
static const char STALL_PLAIN[] = "3", STALL_SANITIZED[] = "5";
/* Once something wrong was found, so much time more for what may say why. */
static const double AFTER_FAULT_S = 2;

struct examiner {
    const struct subject *subject;
    const struct examination *settings;
    struct evidence *evidence;
    char directory[PATH_MAX];
    char program[PATH_MAX]; /* that is tried now */
    enum build build;
    double first_fault_s; /* clock_seconds() at the first fault; 0: none yet */
    bool hangs;           /* in this build */
};

static void note(struct evidence *evidence, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static void note(struct evidence *evidence, const char *format, ...)
{
    if (evidence->notes == NOTES_MAX)
        return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(evidence->note[evidence->notes++], NOTE_TEXT, format, arguments);
    va_end(arguments);
}

/* ---- one case ----------------------------------------------------------------------------------- */

static int run_probe(struct examiner *examiner, const char *strategy, const struct trial *trial,
                     struct capture *capture, struct error *error)
{
    static const char *const plain[] = {"OMP_WAIT_POLICY=passive", "OMP_DYNAMIC=false",
                                        "KMP_BLOCKTIME=0", NULL};
    static const char *const sanitized[] = {
        "OMP_WAIT_POLICY=passive",
        "PROBE_KEEP_SIGNALS=1",
        "KMP_BLOCKTIME=0",
        "OMP_TOOL_VERBOSE_INIT=stderr",
        "ASAN_OPTIONS=detect_leaks=0:exitcode=66:detect_stack_use_after_return=1",
        "UBSAN_OPTIONS=print_stacktrace=0",
        "TSAN_OPTIONS=exitcode=66:ignore_noninstrumented_modules=1:die_after_fork=0:"
        "report_thread_leaks=0:atexit_sleep_ms=20:second_deadlock_stack=0:history_size=5",
        NULL};
    char numbers[5][WORD], name[WORD], stall[WORD];
    const int values[] = {trial->tasks, trial->workers, trial->jobs, (int)trial->kind,
                          (int)(trial->seed + examiner->settings->seed * 1000)};
    char *arguments[9] = {examiner->program, name};
    snprintf(name, sizeof name, "%s", strategy);
    for (int i = 0; i < 5; i++) {
        snprintf(numbers[i], WORD, "%d", values[i]);
        arguments[i + 2] = numbers[i];
    }
    snprintf(stall, sizeof stall, "%s",
             examiner->build == BUILD_PLAIN ? STALL_PLAIN : STALL_SANITIZED);
    arguments[7] = stall;
    return capture_run(arguments, examiner->build == BUILD_PLAIN ? plain : sanitized, CASE_LIMIT_S,
                       capture, error);
}

/* Gives a fault that was seen before without its line the line of this case. */
static void learn_line(struct evidence *evidence, const char *kind, int line)
{
    for (int i = 0; i < evidence->seen.faults; i++) {
        struct fault *fault = &evidence->seen.fault[i];
        if (strcmp(fault->kind, kind) == 0 && fault->line == 0 && line > 0) {
            fault->line = line;
            fault->file[0] = '\0';
        }
    }
}

/* Adds the faults of a case to those of all cases, with the case in their texts. */
static void collect(struct examiner *examiner, const struct trial *trial,
                    const struct observation *seen)
{
    struct evidence *evidence = examiner->evidence;
    for (int i = 0; i < seen->faults; i++) {
        char text[FAULT_TEXT_MAX + 80];
        struct fault fault = seen->fault[i];
        if (fault.line == 0 && fault.addresses > 0)
            fault.line = addresses_line(examiner->program, examiner->subject->source, fault.address,
                                        fault.addresses);
        snprintf(text, sizeof text, "%.220s [%d task%s on %d worker%s]", fault.text, trial->tasks,
                 trial->tasks == 1 ? "" : "s", trial->workers, trial->workers == 1 ? "" : "s");
        struct fault *added =
            observation_add(&evidence->seen, fault.kind, fault.file, fault.line, text);
        if (added)
            added->tasks = trial->tasks;
        else
            learn_line(evidence, fault.kind, fault.line);
        if (examiner->build == BUILD_ADDRESS &&
            (strcmp(fault.kind, "crash") == 0 || strcmp(fault.kind, "undefined-behaviour") == 0))
            learn_line(evidence, "crashed-child", fault.line);
        if (strcmp(fault.kind, "wrong-worker") == 0 && trial->workers == 1)
            evidence->wrong_worker_at_one = true;
    }
    if (seen->faults > 0 && examiner->first_fault_s == 0)
        examiner->first_fault_s = clock_seconds();
    if (seen->faults == 0 && trial->tasks > trial->workers &&
        (evidence->least_right_workers == 0 || trial->workers < evidence->least_right_workers))
        evidence->least_right_workers = trial->workers;
    evidence->seen.argument_shared |= seen->argument_shared;
}

static void describe_hang(struct examiner *examiner, struct observation *seen)
{
    struct evidence *evidence = examiner->evidence;
    struct fault fault;
    const char *source = examiner->subject->source;
    hang_judge(seen, examiner->program, source, &fault);
    observation_add(seen, fault.kind, fault.file, fault.line, fault.text);
    examiner->hangs = true;
    for (int i = 0; i < seen->stances && evidence->stacks < STACK_LINES; i++)
        hang_describe(&seen->stance[i], examiner->program, source,
                      evidence->stack[evidence->stacks++], FAULT_TEXT_MAX);
}

/* clang's OpenMP has a library, Archer, that tells ThreadSanitizer about its barriers. Without it
 * races would be seen where there are none. */
static void read_sanitizer(struct examiner *examiner, const char *text, struct observation *seen)
{
#ifdef __clang__
    if (examiner->build == BUILD_THREAD && examiner->subject->uses_openmp &&
        !strstr(text, "libarcher.so... Success")) {
        if (examiner->evidence->notes == 0)
            note(examiner->evidence,
                 "OpenMP's libarcher is not installed: races are not looked for");
        return;
    }
#endif
    sanitizer_read(text, examiner->subject->source, seen);
}

/* Runs a case and collects its faults. *seen becomes what the case has shown. */
static int try(struct examiner *examiner, const char *strategy, const struct trial *trial,
               struct observation *seen, struct error *error)
{
    struct capture capture;
    int failed = run_probe(examiner, strategy, trial, &capture, error);
    if (!failed && sanitizer_cannot_run(capture.errors))
        failed = error_set(error, "sanitizer", "does not run here");
    if (!failed) {
        bool whole = observation_read(seen, capture.output) == 0;
        if (examiner->build != BUILD_PLAIN)
            read_sanitizer(examiner, capture.errors, seen);
        if (!whole || capture.too_long)
            observation_add(seen, "endless-loop", "", 0, "it did not end in time");
        /* Under a sanitizer a thread may stand where the plain program does not; and one that was
         * slow is no fault. */
        if (seen->hangs && examiner->build == BUILD_PLAIN)
            describe_hang(examiner, seen);
        examiner->hangs |= seen->hangs;
        if (seen->signal != 0 && examiner->build == BUILD_PLAIN)
            observation_add(seen, "crash", "", 0, "the program was ended by a signal");
        collect(examiner, trial, seen);
        examiner->evidence->cases++;
    }
    capture_destroy(&capture);
    return failed;
}

/* ---- all cases ---------------------------------------------------------------------------------- */

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
        if (try(examiner, "graded", &trial[i], &seen, error) != 0)
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
    const char *why_not = which == BUILD_THREAD ? plan_why_no_races(examiner->subject) : NULL;
    if (why_not) {
        note(examiner->evidence, "%s", why_not);
        return 0;
    }
    if (build(examiner, which, &compiled, error) != 0)
        return -1;
    if (!compiled.ok)
        note(examiner->evidence, "%s has no %s here: not checked with it", compile_compiler(),
             name);
    else if (try_all(examiner, error) != 0)
        note(examiner->evidence, "%s does not run here: not checked with it", name);
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
        if (try(examiner, "graded", trial, &seen, error) != 0)
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
            if (try(examiner, strategies[turn], &trial, &seen, error) != 0)
                return -1;
            wall_s[turn][evidence->rounds] = seen.wall_s;
            good = good && observation_had_cores(&seen, examiner->settings->cores);
        }
        evidence->rounds += good;
    }
    if (evidence->rounds < ROUNDS_AT_LEAST)
        note(evidence, "others used the cores: how fast it computes was not judged");
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
    static const char *const files[] = {"check.o", "plain", "address", "thread"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char path[PATH_MAX + 16];
        snprintf(path, sizeof path, "%s/%s", directory, files[i]);
        unlink(path);
    }
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

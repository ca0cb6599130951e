/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/grade/attempt.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/base/clock.h"
#include "harness/grade/build/addresses.h"
#include "harness/grade/build/capture.h"
#include "harness/grade/build/sanitizer.h"
#include "harness/grade/hang.h"

enum { CASE_LIMIT_S = 40, WORD = 24, SANITIZER_STATUS = 66 }; /* exitcode= below */
/* Without a task beginning or ending for so long, it hangs. Sanitizers slow everything down. */
static const char STALL_PLAIN[] = "3", STALL_SANITIZED[] = "5";

void attempt_note(struct evidence *evidence, const char *format, ...)
{
    if (evidence->notes == NOTES_MAX)
        return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(evidence->note[evidence->notes++], NOTE_TEXT, format, arguments);
    va_end(arguments);
}

static int run_probe(struct examiner *examiner, const char *strategy, const struct trial *trial,
                     struct capture *capture, struct error *error)
{
    static const char *const plain[] = {"OMP_WAIT_POLICY=passive", "OMP_DYNAMIC=false",
                                        "KMP_BLOCKTIME=0", NULL};
    /* Locks taken in different order are no deadlock where something else keeps those apart who take
     * them: the pauses of the plain build bring up those that are. */
    static const char *const sanitized[] = {
        "OMP_WAIT_POLICY=passive",
        "PROBE_KEEP_SIGNALS=1",
        "KMP_BLOCKTIME=0",
        "OMP_TOOL_VERBOSE_INIT=stderr",
        "ASAN_OPTIONS=detect_leaks=0:exitcode=66:detect_stack_use_after_return=1",
        "UBSAN_OPTIONS=print_stacktrace=0",
        "TSAN_OPTIONS=exitcode=66:ignore_noninstrumented_modules=1:die_after_fork=0:"
        "report_thread_leaks=0:atexit_sleep_ms=20:detect_deadlocks=0:history_size=5",
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
    evidence->seen.argument_again |= seen->argument_again;
    evidence->seen.looks_at_clock |= seen->looks_at_clock;
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
            attempt_note(examiner->evidence,
                         "OpenMP's libarcher is not installed: races are not looked for");
        return;
    }
#endif
    sanitizer_read(text, examiner->subject->source, seen);
}

int attempt(struct examiner *examiner, const char *strategy, const struct trial *trial,
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
        if (examiner->build == BUILD_PLAIN && capture.too_long)
            observation_add(seen, "endless-loop", "", 0, "it did not end in time");
        else if (examiner->build == BUILD_PLAIN && !whole)
            observation_add(seen, "crash", "", 0,
                            "it ended the program that watches it, and nothing is known of it");
        /* Then it was the sanitizer that ended it, and has said why. */
        if (examiner->build != BUILD_PLAIN && seen->status == SANITIZER_STATUS)
            observation_drop(seen, "ended-early");
        /* Under a sanitizer a thread may stand where the plain program does not; and one that was
         * slow is no fault. */
        if (seen->hangs && examiner->build == BUILD_PLAIN)
            describe_hang(examiner, seen);
        examiner->hangs |= seen->hangs;
        if (seen->signal != 0 && seen->faults == 0 && examiner->build == BUILD_PLAIN)
            observation_add(seen, "crash", "", 0, "the program was ended by a signal");
        collect(examiner, trial, seen);
        examiner->evidence->cases++;
    }
    capture_destroy(&capture);
    return failed;
}

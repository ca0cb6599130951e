/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/grade/build/sanitizer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REPORT_LINE_MAX = 1024, ACCESSES_MAX = 4 };

/* A report, as it is being read. A data race has two accesses, with a stack each. */
struct report {
    char kind[KIND_MAX];
    char text[FAULT_TEXT_MAX];
    struct access {
        int line, locks;
    } access[ACCESSES_MAX];
    int accesses;
    bool open;
};

static bool copy_line(const char **at, char line[REPORT_LINE_MAX])
{
    if (!**at)
        return false;
    size_t length = strcspn(*at, "\n");
    snprintf(line, REPORT_LINE_MAX, "%.*s",
             (int)(length < REPORT_LINE_MAX ? length : REPORT_LINE_MAX - 1), *at);
    *at += length + ((*at)[length] == '\n');
    return true;
}

/* The line of a stack frame "#0 function PATH/source:LINE:COLUMN"; 0 where it lies elsewhere. Paths
 * may be written out in full, so only the last part is compared. */
static int line_in(const char *frame, const char *source)
{
    const char *name = strrchr(source, '/') ? strrchr(source, '/') + 1 : source;
    size_t length = strlen(name);
    for (const char *at = strstr(frame, name); at; at = strstr(at + 1, name))
        if (at[length] == ':' && (at == frame || at[-1] == '/' || at[-1] == ' '))
            return atoi(at + length + 1);
    return 0;
}

static const char *const race_marks[] = {"  Read of size",
                                         "  Write of size",
                                         "  Previous read of size",
                                         "  Previous write of size",
                                         "  Atomic read of size",
                                         "  Atomic write of size",
                                         "  Previous atomic read of",
                                         "  Previous atomic write of"};

static bool begins_access(const char *line)
{
    for (size_t i = 0; i < sizeof race_marks / sizeof race_marks[0]; i++)
        if (strncmp(line, race_marks[i], strlen(race_marks[i])) == 0)
            return true;
    return false;
}

static void begin(struct report *report, const char *kind, const char *text)
{
    *report = (struct report){.open = true, .accesses = 1};
    snprintf(report->kind, sizeof report->kind, "%s", kind);
    snprintf(report->text, sizeof report->text, "%s", text);
}

/* It knows some twenty mistakes with memory; what is not in the table keeps its own name. */
static const char other_error[] = "ERROR: AddressSanitizer: ";

/* The first line of a report. */
static bool opens_report(struct report *report, const char *line)
{
    static const struct {
        const char *mark, *kind, *text;
    } marks[] = {
        {"ThreadSanitizer: data race", "data-race",
         "two threads use the same memory at the same time, at least one writes, and no lock keeps "
         "them apart (ThreadSanitizer)"},
        {"ThreadSanitizer: heap-use-after-free", "memory-error",
         "memory is used after it was freed (ThreadSanitizer)"},
        {"ThreadSanitizer: double lock", "deadlock",
         "a thread takes a lock that it holds already (ThreadSanitizer)"},
        {"ThreadSanitizer: unlock of an unlocked mutex", "unlock-by-other",
         "a lock is unlocked that is not locked (ThreadSanitizer)"},
        {"ThreadSanitizer: SEGV", "crash", "an address that does not exist (ThreadSanitizer)"},
        {"AddressSanitizer: SEGV", "crash", "an address that does not exist (AddressSanitizer)"},
        {"AddressSanitizer: stack-overflow", "crash", "the stack is full (AddressSanitizer)"},
        {"AddressSanitizer: heap-buffer-overflow", "memory-error",
         "a place beyond the end of an array (AddressSanitizer)"},
        {"AddressSanitizer: stack-buffer-overflow", "memory-error",
         "a place beyond the end of a local array (AddressSanitizer)"},
        {"AddressSanitizer: global-buffer-overflow", "memory-error",
         "a place beyond the end of a global array (AddressSanitizer)"},
        {"AddressSanitizer: heap-use-after-free", "memory-error",
         "memory is used after it was freed (AddressSanitizer)"},
        {"AddressSanitizer: dynamic-stack-buffer-overflow", "memory-error",
         "a place beyond the end of a local array (AddressSanitizer)"},
        {"AddressSanitizer: FPE", "undefined-behaviour", "a division by zero (AddressSanitizer)"},
        {"AddressSanitizer: ABRT", "crash", "abort() was called (AddressSanitizer)"},
        {"AddressSanitizer: BUS", "crash", "an address that cannot be used (AddressSanitizer)"},
        {"AddressSanitizer: stack-use-after", "memory-error",
         "a local variable is used after its function has ended (AddressSanitizer)"},
        {"AddressSanitizer: attempting double-free", "memory-error",
         "memory is freed twice (AddressSanitizer)"},
        {"AddressSanitizer: attempting free", "memory-error",
         "something is freed that malloc() did not give (AddressSanitizer)"},
        {"AddressSanitizer:DEADLYSIGNAL", "crash", "a crash (AddressSanitizer)"},
    };
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (strstr(line, marks[i].mark)) {
            begin(report, marks[i].kind, marks[i].text);
            return true;
        }
    const char *other = strstr(line, other_error);
    if (other) {
        char text[FAULT_TEXT_MAX];
        other += sizeof other_error - 1;
        snprintf(text, sizeof text, "%.*s (AddressSanitizer)", (int)strcspn(other, " \n"), other);
        begin(report, "memory-error", text);
    }
    return other != NULL;
}

static bool is_frame(const char *line)
{
    const char *at = line + strspn(line, " ");
    return *at == '#' && at[1] >= '0' && at[1] <= '9';
}

/* Of two accesses the one with fewer locks is the one that lacks one. */
static int best_line(const struct report *report)
{
    const struct access *best = NULL;
    for (int i = 0; i < report->accesses; i++) {
        const struct access *access = &report->access[i];
        if (access->line > 0 && (!best || access->locks < best->locks))
            best = access;
    }
    return best ? best->line : 0;
}

static void close_report(struct report *report, const char *source, struct observation *observation)
{
    int line = report->open ? best_line(report) : 0;
    report->open = false;
    if (line > 0)
        observation_add(observation, report->kind, source, line, report->text);
}

/* "FILE:LINE:COLUMN: runtime error: TEXT" */
static void read_undefined(const char *line, const char *source, struct observation *observation)
{
    char text[FAULT_TEXT_MAX];
    const char *at = strstr(line, ": runtime error: ");
    int number = at ? line_in(line, source) : 0;
    if (number == 0)
        return;
    snprintf(text, sizeof text, "%.200s (UndefinedBehaviorSanitizer)",
             at + strlen(": runtime error: "));
    observation_add(observation, "undefined-behaviour", source, number, text);
}

void sanitizer_read(const char *text, const char *source, struct observation *observation)
{
    char line[REPORT_LINE_MAX];
    struct report report = {.open = false};
    bool in_access = false;
    while (copy_line(&text, line)) {
        read_undefined(line, source, observation);
        if (strstr(line, "Sanitizer") && !strstr(line, "SUMMARY")) {
            struct report next = {.open = false};
            if (opens_report(&next, line)) {
                close_report(&report, source, observation);
                report = next;
                in_access = strcmp(report.kind, "data-race") != 0;
            }
        }
        if (!report.open)
            continue;
        if (begins_access(line)) {
            if (report.accesses < ACCESSES_MAX)
                report.accesses++;
            in_access = true;
            report.access[report.accesses - 1].locks = strstr(line, "mutexes:") != NULL;
        } else if (is_frame(line) && in_access) {
            struct access *access = &report.access[report.accesses - 1];
            if (access->line == 0)
                access->line = line_in(line, source);
        } else if (line[strspn(line, " ")] == '\0') {
            /* the stack is over; those of where threads were created are no access */
            in_access = in_access && best_line(&report) == 0;
        }
    }
    close_report(&report, source, observation);
}

bool sanitizer_cannot_run(const char *text)
{
    return strstr(text, "FATAL: ThreadSanitizer: unexpected memory mapping") ||
           strstr(text, "FATAL: ThreadSanitizer CHECK failed") ||
           strstr(text, "ERROR: AddressSanitizer failed to allocate") ||
           strstr(text, "Shadow memory range interleaves");
}

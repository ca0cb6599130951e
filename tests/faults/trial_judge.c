/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/faults/trial_judge.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/faults/tree.h"

/* The first problem counts. */
static void __attribute__((format(printf, 2, 3)))
blame(struct trial *trial, const char *format, ...)
{
    va_list more;
    if (trial->problem[0])
        return;
    va_start(more, format);
    vsnprintf(trial->problem, sizeof trial->problem, format, more);
    va_end(more);
}

static bool ends_with(const char *text, const char *ending)
{
    size_t length = strlen(text), count = strlen(ending);
    return length >= count && strcmp(text + length - count, ending) == 0;
}

/* Lines of the program, and of nobody else. Returns how many. */
static int look_at_messages(const char *text, bool all, struct trial *trial)
{
    int lines = 0;
    if (*text && !ends_with(text, "\n"))
        blame(trial, "half a line is said: %s", text);
    for (const char *line = text; *line; line = strchr(line, '\n') + 1, lines++)
        if (!all && strncmp(line, "speedup: ", 9) != 0) {
            blame(trial, "it says: %s", text);
            break;
        }
    return lines;
}

static void judge_messages(const struct trial_command *command, const struct fault *fault,
                           struct trial *trial)
{
    static const char *const crashes[] = {"killed by signal", ": crashed", ": timeout", ": wrong",
                                          "(null)"};
    size_t count;
    char *text = tree_read(".", "trial.err", &count);
    if (!text) {
        blame(trial, "trial.err: %s", strerror(errno));
        return;
    }
    int lines = look_at_messages(text, fault->all, trial);
    if (trial->code == 1 && (lines == 0 || (lines > 2 && command->exact && !fault->all)))
        blame(trial, "exit code 1 with %d lines: %s", lines, text);
    for (size_t i = 0; i < sizeof crashes / sizeof crashes[0]; i++)
        if (strstr(text, crashes[i]))
            blame(trial, "a run ended badly: %s", text);
    free(text);
}

static void judge_output(const struct trial_command *command, struct trial *trial)
{
    size_t count = 0, expected_count = 0;
    char *text = tree_read(".", "trial.out", &count),
         *expected = tree_read(".", "trial.out.expected", &expected_count);
    if (!text || !expected)
        blame(trial, "trial.out: %s", strerror(errno));
    else if (trial->code == 0 &&
             (command->exact ? strcmp(text, expected) != 0 : (count == 0) != (expected_count == 0)))
        blame(trial, "exit code 0, and it says %zu bytes instead of %zu", count, expected_count);
    free(text);
    free(expected);
}

static bool is_same(const char *bytes, size_t count, const char *directory, const char *name)
{
    size_t other_count = 0;
    char *others = tree_read(directory, name, &other_count);
    bool same = others && count == other_count && memcmp(bytes, others, count) == 0;
    free(others);
    return same;
}

/* One file that is also there without a fault. After a failure it may be as it was before. */
static void judge_file(const struct trial_command *command, const char *expected, const char *name,
                       struct trial *trial)
{
    size_t count = 0;
    char *bytes = tree_read(command->out, name, &count);
    bool as_before =
        bytes && trial->code == 1 && command->from && is_same(bytes, count, command->from, name);
    if (!bytes)
        blame(trial, "%s: %s", name, strerror(errno));
    else if (as_before || is_same(bytes, count, expected, name))
        ; /* all is well */
    else if (command->exact)
        blame(trial, "exit code %d, and %s has not what it should", trial->code, name);
    else if (count == 0)
        blame(trial, "exit code %d, and %s is empty", trial->code, name);
    else if (ends_with(name, ".csv") && bytes[count - 1] != '\n')
        blame(trial, "exit code %d, and %s ends in the middle of a line", trial->code, name);
    else if (strcmp(name, "runs.csv") == 0 &&
             (strstr(bytes, ",wrong") || strstr(bytes, ",crashed") || strstr(bytes, ",timeout")))
        blame(trial, "a row that is neither ok nor failed: %s", bytes);
    free(bytes);
}

/* What could not be moved to its place stays, and then the message says where. */
static bool is_told(const char *name)
{
    size_t count;
    char *text = tree_read(".", "trial.err", &count);
    bool told = text && strstr(text, name) && strstr(text, "could not be moved");
    free(text);
    return told;
}

/* Graphs of processor and memory are there if a run took long enough to be looked at; images wait for
 * being drawn when it could not be done, and rounds for being gone on with. */
static bool may_be_there(const char *name, const struct trial *trial)
{
    return strncmp(name, "resources.", 10) == 0 ||
           (trial->code == 1 &&
            (strcmp(name, "original.fits") == 0 || strcmp(name, "filtered.fits") == 0 ||
             strcmp(name, "rounds.unfinished") == 0 ||
             (strncmp(name, ".results-", 9) == 0 && is_told(name))));
}

/* Both lists are in the order of the alphabet. */
static void judge_files(const struct trial_command *command, struct trial *trial)
{
    char expected[PATH_MAX], **names, **others;
    snprintf(expected, sizeof expected, "%s.expected", command->out);
    int count = tree_names(command->out, &names), other_count = tree_names(expected, &others);
    if (trial->code == 0 && count < 0 && other_count > 0)
        blame(trial, "exit code 0, and there is no %s", command->out);
    for (int i = 0, k = 0; i < count || k < other_count;) {
        int order = i >= count ? 1 : k >= other_count ? -1 : strcmp(names[i], others[k]);
        if (order == 0)
            judge_file(command, expected, names[i], trial);
        else if (may_be_there(order < 0 ? names[i] : others[k], trial))
            ; /* or not */
        else if (order < 0)
            blame(trial, "exit code %d, and %s has stayed", trial->code, names[i]);
        else if (trial->code == 0)
            blame(trial, "exit code 0, and %s is missing", others[k]);
        i += order <= 0;
        k += order >= 0;
    }
    tree_names_free(names, count);
    tree_names_free(others, other_count);
}

static void judge_temporary(struct trial *trial)
{
    char **names;
    int count = tree_names("tmp", &names);
    if (count != 0)
        blame(trial, "tmp/%s has stayed", count > 0 ? names[0] : "");
    tree_names_free(names, count);
}

void trial_judge(const struct trial_command *command, const struct fault *fault,
                 struct trial *trial)
{
    if (trial->code == -1)
        blame(trial, "it hangs");
    else if (trial->code > 1)
        blame(trial, "exit code %d", trial->code);
    else if (trial->code == 1 && !trial->failed)
        blame(trial, "exit code 1 without a fault");
    judge_messages(command, fault, trial);
    if (trial->code == 1 && FAULT_IS_INTERRUPTION(fault->kind))
        blame(trial, "exit code 1, although a call was only interrupted");
    judge_output(command, trial);
    judge_files(command, trial);
    judge_temporary(trial);
}

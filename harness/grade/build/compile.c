/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/grade/build/compile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "harness/base/self.h"
#include "harness/grade/build/capture.h"

/* The Makefile says what it builds with. */
#ifndef GRADE_CC
#define GRADE_CC "cc"
#endif
#ifndef GRADE_OPENMP
#define GRADE_OPENMP "-fopenmp"
#endif
#ifndef GRADE_OPENMP_LIBS
#define GRADE_OPENMP_LIBS "-fopenmp"
#endif

enum { WORDS_MAX = 160, WORD_TEXT = 8192, COMPILE_LIMIT_S = 60 };
static const char ARCHIVE[] = "speedup-probe.a";

/* A command line in the making; its words lie in `text` one after the other. */
struct words {
    char *word[WORDS_MAX + 1];
    int count;
    char text[WORD_TEXT];
    size_t used;
    bool full;
};

/* Adds each word of a text with blanks between them. */
static void add_all(struct words *words, const char *text)
{
    while (*(text += strspn(text, " "))) {
        size_t length = strcspn(text, " ");
        if (words->count == WORDS_MAX || words->used + length + 1 > sizeof words->text) {
            words->full = true;
            return;
        }
        char *word = words->text + words->used;
        memcpy(word, text, length);
        word[length] = '\0';
        words->word[words->count++] = word;
        words->used += length + 1;
        text += length;
    }
}

/* Adds one word as it is: paths may have blanks. The text has to stay. */
static void add(struct words *words, char *word)
{
    if (words->count == WORDS_MAX)
        words->full = true;
    else
        words->word[words->count++] = word;
}

const char *compile_compiler(void)
{
    return GRADE_CC;
}

/* All calls that openmp_order.c and atomic_pause.c stand in front of. Names that a compiler does not
 * use cost nothing. */
static const char WRAPPED[] =
    " -Wl,--wrap=GOMP_parallel,--wrap=GOMP_parallel_sections"
    ",--wrap=GOMP_parallel_loop_static,--wrap=GOMP_parallel_loop_dynamic"
    ",--wrap=GOMP_parallel_loop_guided,--wrap=GOMP_parallel_loop_runtime"
    ",--wrap=GOMP_parallel_loop_nonmonotonic_dynamic"
    ",--wrap=GOMP_parallel_loop_nonmonotonic_guided"
    ",--wrap=GOMP_parallel_loop_nonmonotonic_runtime"
    ",--wrap=GOMP_parallel_loop_maybe_nonmonotonic_runtime"
    ",--wrap=GOMP_barrier,--wrap=GOMP_loop_end,--wrap=GOMP_sections_end,--wrap=GOMP_taskwait"
    ",--wrap=GOMP_taskgroup_end,--wrap=GOMP_critical_start,--wrap=GOMP_critical_end"
    ",--wrap=GOMP_critical_name_start,--wrap=GOMP_critical_name_end,--wrap=GOMP_atomic_start"
    ",--wrap=GOMP_atomic_end,--wrap=GOMP_ordered_start,--wrap=GOMP_ordered_end"
    ",--wrap=omp_set_lock,--wrap=omp_unset_lock,--wrap=omp_test_lock"
    ",--wrap=omp_set_nest_lock,--wrap=omp_unset_nest_lock,--wrap=omp_test_nest_lock"
    ",--wrap=GOMP_single_copy_start,--wrap=GOMP_single_copy_end,--wrap=GOMP_barrier_cancel"
    ",--wrap=__tsan_atomic8_load,--wrap=__tsan_atomic16_load,--wrap=__tsan_atomic32_load"
    ",--wrap=__tsan_atomic64_load,--wrap=GOMP_loop_end_cancel"
    ",--wrap=GOMP_sections_end_cancel,--wrap=GOMP_task";

static const char *flags_of(enum build build)
{
    switch (build) {
    case BUILD_CHECK:
        return "-O1 -Wall -Wextra -c";
    case BUILD_PLAIN:
        return "-O2 -w -fno-omit-frame-pointer -fno-optimize-sibling-calls";
    case BUILD_ADDRESS:
        return "-O1 -w -fno-omit-frame-pointer -fsanitize=address,undefined";
    case BUILD_THREAD:
        break;
    }
    return "-O1 -w -fno-omit-frame-pointer -fsanitize=thread";
}

/* ---- what the compiler says ------------------------------------------------------------------- */

/* "FILE:LINE:COLUMN: error: TEXT [-Wflag]" */
static void read_diagnostic(const char *line, struct compiled *compiled)
{
    static const struct {
        const char *mark;
        bool is_error;
    } marks[] = {{": error: ", true}, {": fatal error: ", true}, {": warning: ", false}};
    if (compiled->diagnostics == DIAGNOSTICS_MAX)
        return;
    struct diagnostic *diagnostic = &compiled->diagnostic[compiled->diagnostics];
    if (strncmp(line, "./", 2) == 0) /* clang, of a file that another one includes */
        line += 2;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const char *at = strstr(line, marks[i].mark);
        if (!at || strstr(line, ": error: ld returned"))
            continue; /* the linker has said more before */
        int number = 0, length = (int)strcspn(line, ":");
        sscanf(line + length, ":%d", &number);
        *diagnostic = (struct diagnostic){.is_error = marks[i].is_error, .line = number};
        snprintf(diagnostic->file, sizeof diagnostic->file, "%.*s", length, line);
        snprintf(diagnostic->text, sizeof diagnostic->text, "%s", at + strlen(marks[i].mark));
        compiled->diagnostics++;
        return;
    }
    if (strstr(line, "undefined reference to") || strstr(line, "Undefined symbol")) {
        *diagnostic = (struct diagnostic){.is_error = true};
        snprintf(diagnostic->text, sizeof diagnostic->text, "%s", strstr(line, "ndefined") - 1);
        compiled->diagnostics++;
    }
}

static void read_diagnostics(const char *text, struct compiled *compiled)
{
    for (const char *at = text; *at;) {
        char line[1024];
        size_t length = strcspn(at, "\n");
        snprintf(line, sizeof line, "%.*s", (int)(length < sizeof line ? length : sizeof line - 1),
                 at);
        read_diagnostic(line, compiled);
        at += length + (at[length] == '\n');
    }
}

/* It may also have run out of time, memory or disk, and name no line. */
static void say_why_not(const char *text, bool too_long, struct compiled *compiled)
{
    for (int i = 0; i < compiled->diagnostics; i++)
        if (compiled->diagnostic[i].is_error)
            return;
    compiled->diagnostics = 1;
    compiled->diagnostic[0] = (struct diagnostic){.is_error = true};
    if (too_long)
        snprintf(compiled->diagnostic[0].text, FAULT_TEXT_MAX, "the compiler did not end in %d s",
                 COMPILE_LIMIT_S);
    else
        snprintf(compiled->diagnostic[0].text, FAULT_TEXT_MAX,
                 "the compiler failed and names no line: %.*s", (int)strcspn(text, "\n"), text);
}

/* ---- the command ------------------------------------------------------------------------------ */

struct paths {
    char include[PATH_MAX + 2], hooks[PATH_MAX], headers[PATH_MAX + 2];
    char archive[PATH_MAX], result[PATH_MAX];
    char define[SYMBOL_MAX + 32];
};

static int find_paths(const struct subject *subject, enum build build, const char *directory,
                      struct paths *paths, struct error *error)
{
    static const char *const names[] = {"check.o", "plain", "address", "thread"};
    snprintf(paths->include, sizeof paths->include, "-I%s", subject->root);
    snprintf(paths->define, sizeof paths->define, "-DHOOKS_GRADED=%s", subject->symbol);
    if ((size_t)snprintf(paths->result, sizeof paths->result, "%s/%s", directory, names[build]) >=
        sizeof paths->result)
        return error_set(error, directory, "the path is too long");
    if (build == BUILD_CHECK)
        return 0;
    memcpy(paths->headers, "-I", 2);
    return self_beside("harness/grade/probe/hooks.h", paths->hooks, sizeof paths->hooks, error) ||
                   self_beside("harness/grade/probe/headers", paths->headers + 2,
                               sizeof paths->headers - 2, error) ||
                   self_beside(ARCHIVE, paths->archive, sizeof paths->archive, error)
               ? -1
               : 0;
}

static void make_command(const struct subject *subject, enum build build, bool with_hooks,
                         struct paths *paths, struct words *words)
{
    *words = (struct words){.count = 0};
    add_all(words, GRADE_CC
            " -std=c11 -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -D_DARWIN_C_SOURCE -g -pthread");
    add_all(words, GRADE_OPENMP);
    add_all(words, flags_of(build));
    add(words, paths->include);
    if (build != BUILD_CHECK) {
        add_all(words, "-fPIE -include");
        add(words, paths->hooks);
        add(words, paths->define);
        if (with_hooks)
            add(words, paths->headers);
        else
            add_all(words, "-DHOOKS_OFF");
        /* The file may have one, to be tried alone; the probe has another. */
        add_all(words, "-Dmain=graded_main");
    }
    add_all(words, "-x c"); /* whatever it is called */
    add(words, (char *)(size_t)subject->source);
    for (int i = 0; build != BUILD_CHECK && subject->helpers[i]; i++)
        add(words, subject->helpers[i]);
    if (build != BUILD_CHECK) {
        add_all(words, "-x none");
#ifndef __APPLE__
        add_all(words, "-pie -Wl,--wrap=free");
        if (build == BUILD_THREAD)
            add_all(words, WRAPPED);
#endif
        add(words, paths->archive);
        add_all(words, GRADE_OPENMP_LIBS " -lm");
#ifndef __APPLE__
        add_all(words, "-ldl");
#endif
    }
    add_all(words, "-o");
    add(words, paths->result);
}

/* What the compiler leaves when it is interrupted lies in our directory, too. */
static int compile_once(struct words *words, const char *directory, struct compiled *compiled,
                        struct error *error)
{
    char place[PATH_MAX + 8];
    const char *const environment[] = {"LC_ALL=C", place, NULL};
    struct capture capture;
    snprintf(place, sizeof place, "TMPDIR=%s", directory);
    if (words->full)
        return error_set(error, compile_compiler(), "the command is too long");
    int failed = capture_run(words->word, environment, COMPILE_LIMIT_S, &capture, error);
    if (!failed) {
        compiled->ok =
            !capture.too_long && WIFEXITED(capture.status) && WEXITSTATUS(capture.status) == 0;
        compiled->diagnostics = 0;
        read_diagnostics(capture.errors, compiled);
        if (!compiled->ok)
            say_why_not(capture.errors, capture.too_long, compiled);
    }
    capture_destroy(&capture);
    return failed;
}

int compile_build(const struct subject *subject, enum build build, const char *directory,
                  struct compiled *compiled, struct error *error)
{
    struct paths paths = {.result = ""};
    struct words *words = malloc(sizeof *words);
    int failed = words ? 0 : error_set(error, "grade", "no memory");
    memset(compiled, 0, sizeof *compiled);
    if (!failed)
        failed = find_paths(subject, build, directory, &paths, error);
    if (!failed) {
        make_command(subject, build, true, &paths, words);
        failed = compile_once(words, directory, compiled, error);
        compiled->hooked = true;
    }
    /* It may use the name of one of our macros for something of its own. */
    if (!failed && !compiled->ok && build != BUILD_CHECK) {
        make_command(subject, build, false, &paths, words);
        failed = compile_once(words, directory, compiled, error);
        compiled->hooked = false;
    }
    /* Of two versions of it there is no one verdict. */
    if (!failed && !subject_is_unchanged(subject))
        failed = error_set(error, subject->source,
                           "was changed while it was graded; grade it once more");
    if (!failed && build != BUILD_CHECK)
        snprintf(compiled->program, sizeof compiled->program, "%s", paths.result);
    free(words);
    return failed;
}

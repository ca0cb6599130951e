/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/grade/build/subject.h"

#include <ctype.h>
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/base/self.h"
#include "strategies/strategy.h"

enum { SOURCE_MAX = 1 << 20, LINE_TEXT_MAX = 512 };
static const char INTERFACE[] = "strategies/strategy.h";

static char *read_text(const char *path, struct error *error)
{
    FILE *file = fopen(path, "r");
    char *text = NULL;
    size_t used = 0;
    if (!file) {
        error_system(error, path, "cannot be read", errno);
        return NULL;
    }
    text = malloc(SOURCE_MAX + 1);
    if (text)
        used = fread(text, 1, SOURCE_MAX, file);
    if (!text || ferror(file) || !feof(file)) {
        error_set(error, path, "cannot be read, or is too long for a strategy");
        free(text);
        text = NULL;
    } else {
        text[used] = '\0';
    }
    fclose(file);
    return text;
}

static int find_root(struct subject *subject, struct error *error)
{
    if (self_beside(INTERFACE, subject->root, sizeof subject->root, error) != 0)
        return -1;
    subject->root[strlen(subject->root) - strlen(INTERFACE) - 1] = '\0';
    return 0;
}

static int open_subject(struct subject *subject, struct error *error)
{
    static const char *const pragma[] = {"ragma", "omp", NULL}; /* or _Pragma("omp ...") */
    subject->text = read_text(subject->source, error);
    if (!subject->text || find_root(subject, error) != 0)
        return -1;
    subject->uses_openmp = subject_line(subject, 1, pragma) > 0;
    return 0;
}

int subject_of_file(struct subject *subject, const char *source, struct error *error)
{
    memset(subject, 0, sizeof *subject);
    const char *here = source[0] == '-' ? "./" : ""; /* the compiler would take it for an option */
    if ((size_t)snprintf(subject->source, sizeof subject->source, "%s%s", here, source) >=
        sizeof subject->source)
        return error_set(error, "--source", "the path is too long");
    snprintf(subject->symbol, sizeof subject->symbol, "strategy_mine");
    return open_subject(subject, error);
}

/* Files of strategies/ that define no strategy: what several of them use. */
static int find_helpers(struct subject *subject, struct error *error)
{
    char pattern[PATH_MAX + 16];
    glob_t found;
    int count = 0, failed = 0;
    snprintf(pattern, sizeof pattern, "%s/strategies/*.c", subject->root);
    if (glob(pattern, 0, NULL, &found) != 0)
        return error_set(error, pattern, "no such files");
    for (size_t i = 0; i < found.gl_pathc && !failed; i++) {
        char *text = read_text(found.gl_pathv[i], error);
        failed = text ? 0 : -1;
        if (text && !strstr(text, "const struct strategy ") &&
            !strstr(text, "strategy_catalogue[") && count < HELPERS_MAX) {
            subject->helpers[count] = strdup(found.gl_pathv[i]);
            if (!subject->helpers[count++])
                failed = error_set(error, pattern, "no memory");
        }
        free(text);
    }
    globfree(&found);
    return failed;
}

/* The path as seen from here, where it lies below. */
static const char *shorten(const char *path)
{
    char here[PATH_MAX];
    size_t length;
    if (!getcwd(here, sizeof here))
        return path;
    length = strlen(here);
    return strncmp(path, here, length) == 0 && path[length] == '/' ? path + length + 1 : path;
}

int subject_of_strategy(struct subject *subject, const char *name, struct error *error)
{
    char base[SYMBOL_MAX], file[PATH_MAX];
    const struct strategy *strategy = strategy_find(name);
    memset(subject, 0, sizeof *subject);
    if (!strategy)
        return error_set(error, "--strategy",
                         "there is no strategy '%s'; `speedup list` names them", name);
    if (strategy->library_workers || strategy->files_only)
        return error_set(error, "--strategy", "%s is not graded: its workers are not ours", name);
    snprintf(base, sizeof base, "%s", name);
    for (char *at = base; *at; at++)
        if (*at == '-')
            *at = '_';
    snprintf(subject->symbol, sizeof subject->symbol, "strategy_%.48s", base);
    snprintf(subject->source, sizeof subject->source, "strategies/%s.c", base);
    if (self_beside(subject->source, file, sizeof file, error) != 0)
        return -1;
    snprintf(subject->source, sizeof subject->source, "%s", shorten(file));
    if (open_subject(subject, error) != 0)
        return -1;
    return strcmp(name, "mine") == 0 ? 0 : find_helpers(subject, error);
}

void subject_destroy(struct subject *subject)
{
    free(subject->text);
    for (size_t i = 0; i < HELPERS_MAX && subject->helpers[i]; i++)
        free(subject->helpers[i]);
    memset(subject, 0, sizeof *subject);
}

bool subject_is_unchanged(const struct subject *subject)
{
    struct error ignored;
    char *now = read_text(subject->source, &ignored);
    bool same = now && strcmp(now, subject->text) == 0;
    free(now);
    return same;
}

static bool has_all(const char *line, const char *const *words)
{
    while (isspace((unsigned char)*line))
        line++;
    if (strncmp(line, "//", 2) == 0 || strncmp(line, "/*", 2) == 0 || *line == '*')
        return false;
    for (size_t i = 0; words[i]; i++)
        if (!strstr(line, words[i]))
            return false;
    return true;
}

/* Copies a line, with all those that a backslash at its end joins to it. Returns where the next begins;
 * *lines becomes how many there were. */
static const char *copy_line(const char *at, char line[LINE_TEXT_MAX], int *lines)
{
    size_t used = 0;
    *lines = 0;
    for (bool goes_on = true; goes_on && *at;) {
        size_t length = strcspn(at, "\n"), end = length;
        end -= end > 0 && at[end - 1] == '\r';
        goes_on = end > 0 && at[end - 1] == '\\';
        end -= goes_on;
        for (size_t i = 0; i < end && used + 1 < LINE_TEXT_MAX; i++)
            line[used++] = at[i];
        at += length + (at[length] == '\n');
        ++*lines;
    }
    line[used] = '\0';
    return at;
}

int subject_line(const struct subject *subject, int from, const char *const *words)
{
    char line[LINE_TEXT_MAX];
    int number = 1, lines;
    for (const char *at = subject->text; *at; number += lines) {
        at = copy_line(at, line, &lines);
        if (number >= from && has_all(line, words))
            return number;
    }
    return 0;
}

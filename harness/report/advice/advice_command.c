/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command line to copy; see advice.h. */
#include <glob.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/machine/thread_variables.h"
#include "harness/report/advice/advice.h"

enum { FILES_WRITTEN_OUT = 3 };

/* Quoted so that any shell of the Bourne family takes it for one word. */
static void put_quoted(FILE *line, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_-+=.,:/@%";
    if (*word && word[strspn(word, plain)] == '\0') {
        fputs(word, line);
        return;
    }
    fputc('\'', line);
    for (; *word; word++)
        if (*word == '\'')
            fputs("'\\''", line);
        else
            fputc(*word, line);
    fputc('\'', line);
}

/* Whether the pattern means just these files. */
static bool means_these(const char *pattern, char *const *files, size_t count)
{
    glob_t found;
    bool same = glob(pattern, 0, NULL, &found) == 0;
    if (!same)
        return false;
    same = found.gl_pathc == count;
    for (size_t i = 0; same && i < count; i++) {
        bool listed = false;
        for (size_t k = 0; !listed && k < count; k++)
            listed = strcmp(found.gl_pathv[i], files[(i + k) % count]) == 0;
        same = listed;
    }
    globfree(&found);
    return same;
}

/* Makes the pattern DIRECTORY, a star and ENDING of the first file. Returns whether it means just
 * these files, and a shell needs no quotes for it. */
static bool find_pattern(char *const *files, size_t count, char *pattern, size_t size)
{
    const char *slash = strrchr(files[0], '/');
    const char *dot = strrchr(slash ? slash : files[0], '.');
    int folder = slash ? (int)(slash - files[0]) + 1 : 0;
    snprintf(pattern, size, "%.*s*%s", folder, files[0], dot ? dot : "");
    return strpbrk(pattern, " \t\n'\"\\$`;&|<>()[]{}?!~#") == NULL &&
           means_these(pattern, files, count);
}

static void put_files(FILE *line, char *const *files)
{
    size_t count = 0;
    char pattern[1024];
    while (files[count])
        count++;
    if (count > FILES_WRITTEN_OUT && find_pattern(files, count, pattern, sizeof pattern)) {
        fprintf(line, " %s", pattern);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        fputc(' ', line);
        put_quoted(line, files[i]);
    }
}

char *advice_command(char *const *command, char *const *files, int tasks, int workers, int threads)
{
    char *text = NULL;
    size_t size;
    FILE *line = open_memstream(&text, &size);
    if (!line)
        return NULL;
    for (const struct thread_variable *v = thread_variables; threads > 0 && v->name; v++)
        if (v->usual)
            fprintf(line, "%s=%d ", v->name, threads);
    fprintf(line, "parallel -j %d -q", workers);
    for (; *command; command++) {
        fputc(' ', line);
        put_quoted(line, *command);
    }
    fputs(" :::", line);
    if (*files)
        put_files(line, files);
    else
        fprintf(line, " $(seq %d)", tasks);
    bool failed = ferror(line) != 0;
    if (fclose(line) != 0 || failed) {
        free(text);
        return NULL;
    }
    return text;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/program/filter_settings.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "filters/file_task.h"
#include "generator/fits_source.h"
#include "harness/commands/program/names.h"

int filter_settings_result(const struct filter_settings *settings, int i, char *path,
                           struct error *error)
{
    return file_task_result(settings->files[i], settings->out, path, error);
}

int filter_settings_check_old(const struct filter_settings *settings, int i, const char *path,
                              struct error *error)
{
    if (settings->overwrite || access(path, F_OK) != 0 || fits_source_is(path, settings->files[i]))
        return 0;
    return error_set(error, path,
                     "is not from %s, but lies where its result would go; choose another --out, or "
                     "replace it with --overwrite",
                     settings->files[i]);
}

/* The file of the list that is the one at `path`, or -1. Asked of the file system, because one file
 * can have many names. inputs[i] is of file i; all zero where there is none. */
static int find_input(const struct stat *inputs, int count, const char *path)
{
    struct stat result;
    if (stat(path, &result) != 0)
        return -1;
    for (int i = 0; i < count; i++)
        if (inputs[i].st_ino == result.st_ino && inputs[i].st_dev == result.st_dev)
            return i;
    return -1;
}

/* No two files may have one result, and none may be replaced by a result, its own or another's. */
static int check_results(const struct filter_settings *settings, struct error *error)
{
    char path[PATH_MAX], other[PATH_MAX];
    int failed = 0;
    struct stat *inputs = calloc((size_t)settings->count, sizeof *inputs);
    if (!inputs)
        return error_set(error, "filter", "no memory for the list of files");
    for (int i = 0; i < settings->count; i++)
        if (stat(settings->files[i], &inputs[i]) != 0)
            inputs[i] = (struct stat){0}; /* filtering it will say so */

    for (int i = 0; i < settings->count && !failed; i++) {
        failed = filter_settings_result(settings, i, path, error);
        for (int k = 0; k < i && !failed; k++) {
            failed = filter_settings_result(settings, k, other, error);
            if (!failed && strcmp(path, other) == 0)
                failed = error_set(error, settings->files[i],
                                   "its result would replace that of %s: both are %s",
                                   settings->files[k], path);
        }
        int replaced = failed ? -1 : find_input(inputs, settings->count, path);
        if (replaced >= 0)
            failed = error_set(error, settings->files[replaced],
                               "would be replaced by the result of %s; choose another --out",
                               settings->files[i]);
    }
    free(inputs);
    return failed;
}

int filter_settings_take(struct filter_settings *settings, const struct command_line *line,
                         struct error *error)
{
    settings->files = line->operands;
    settings->count = line->operand_count;
    if (settings->count == 0)
        return error_set(error, "filter", "name at least one FITS file; see --help");
    return check_results(settings, error);
}

static int read_filter(const char *option, const char *text, void *settings, struct error *error)
{
    struct filter_settings *filter_settings = settings;
    filter_settings->filter = names_filter(option, text, error);
    return filter_settings->filter ? 0 : -1;
}

const struct option_row filter_options[] = {
    {"filter", "NAME", "highpass", "what to compute; `speedup list` names all", OPTION_OWN,
     .read = read_filter},
    {"window", "N", "50", "side of the median window, pixels", OPTION_INTEGER,
     OPTION_INTO(struct filter_settings, parameters.window), .minimum = 1, .maximum = 10000},
    {"out", "DIR", ".", "directory to write into, made where it is missing", OPTION_TEXT,
     OPTION_INTO(struct filter_settings, out)},
    {"overwrite", NULL, NULL, "replace results of other files, too", OPTION_FLAG,
     OPTION_INTO(struct filter_settings, overwrite)},
    {"log", NULL, NULL, "for ranks: print worker and times of each task, not results", OPTION_FLAG,
     OPTION_INTO(struct filter_settings, log), .hidden = true},
    {0},
};

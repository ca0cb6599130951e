/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/filter_settings.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "filters/file_task.h"
#include "harness/base/options.h"

int filter_settings_result(const struct filter_settings *settings, int i, char *path,
                           struct error *error)
{
    return file_task_result(settings->files[i], settings->out, path, error);
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

static int unknown_filter(const char *name, struct error *error)
{
    char names[ERROR_TEXT_MAX] = "highpass"; /* a second name, so not in the catalogue */
    for (size_t i = 0; filter_catalogue[i]; i++) {
        size_t used = strlen(names);
        snprintf(names + used, sizeof names - used, ", %s", filter_catalogue[i]->name);
    }
    return error_set(error, "--filter", "'%s' is none of: %s", name, names);
}

int filter_settings_read(struct filter_settings *settings, int argc, char **argv,
                         struct error *error)
{
    enum { FILTER = 256, WINDOW, OUT, LOG };
    static const struct option options[] = {{"help", no_argument, NULL, OPTION_HELP},
                                            {"filter", required_argument, NULL, FILTER},
                                            {"window", required_argument, NULL, WINDOW},
                                            {"out", required_argument, NULL, OUT},
                                            {"log", no_argument, NULL, LOG},
                                            {0}};
    long window = 50;
    *settings = (struct filter_settings){.out = "."};
    const char *name = "highpass";
    int option, failed = 0;
    while (!failed && (option = options_next(argc, argv, options, error)) != OPTION_END)
        switch (option) {
        case FILTER:
            name = optarg;
            break;
        case WINDOW:
            failed = option_integer("--window", optarg, 1, 10000, &window, error);
            break;
        case OUT:
            settings->out = optarg;
            break;
        case LOG:
            settings->log = 1;
            break;
        default:
            failed = -1;
        }
    if (failed)
        return -1;
    settings->filter = filter_find(name);
    if (!settings->filter)
        return unknown_filter(name, error);
    settings->parameters.window = (size_t)window;
    settings->files = argv + optind;
    settings->count = argc - optind;
    if (settings->count == 0)
        return error_set(error, "filter", "name at least one FITS file; see --help");
    return check_results(settings, error);
}

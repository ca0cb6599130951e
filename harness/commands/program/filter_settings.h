/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line of `speedup filter`, and of the ranks of an MPI job that do the same. */
#ifndef HARNESS_COMMANDS_PROGRAM_FILTER_SETTINGS_H
#define HARNESS_COMMANDS_PROGRAM_FILTER_SETTINGS_H

#include "filters/filter.h"
#include "harness/base/commandline/options.h"
#include "harness/base/error.h"

struct filter_settings {
    const struct filter *filter;
    struct filter_parameters parameters;
    const char *out; /* directory of the results */
    char **files;    /* the operands of the command line */
    int count;
    bool overwrite; /* results of other files may be replaced */
    bool log;       /* --log was given; for the ranks only */
};

/* The options, which go into a struct filter_settings. */
extern const struct option_row filter_options[];

/* Takes the files from the line and checks that no result would replace another, or an input.
 * Nothing to free; the line must live on. 0, or -1 with *error set when it is wrong. */
int filter_settings_take(struct filter_settings *settings, const struct command_line *line,
                         struct error *error);

/* Whether nothing lies at `path`, the place of the result of file i, but an earlier result of that
 * file; --overwrite allows anything. 0, or -1 with *error set. */
int filter_settings_check_old(const struct filter_settings *settings, int i, const char *path,
                              struct error *error);

/* The path of the result of file i, in `path` of PATH_MAX bytes. 0, or -1 with *error set. */
int filter_settings_result(const struct filter_settings *settings, int i, char *path,
                           struct error *error);

#endif

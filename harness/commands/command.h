/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The subcommands of `speedup`: one file a command, one table in main.c. */
#ifndef HARNESS_COMMANDS_COMMAND_H
#define HARNESS_COMMANDS_COMMAND_H

#include <stdio.h>

#include "harness/base/error.h"

/* Exit codes of the program. */
enum exit_code {
    EXIT_CODE_DONE = 0,
    EXIT_CODE_FAILED = 1, /* something ran and failed: a file, a check, a strategy */
    EXIT_CODE_USAGE = 2,  /* the command line was wrong; nothing was done */
};

struct command {
    const char *name;
    const char *summary; /* one line, for `speedup --help` */
    const char *help;    /* the text of `speedup NAME --help`; the only copy of it */

    /* argv[0] is the command's name. Results go to standard output, progress and warnings to
     * standard error. Returns an exit code; where that is not EXIT_CODE_DONE, *error has been set
     * and main() prints it. */
    enum exit_code (*run)(int argc, char **argv, struct error *error);
};

extern const struct command generate_command, filter_command, bench_command, topology_command,
    list_command, plot_command, report_command, compare_command, prints_command, watch_command,
    blas_command, columns_command;

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The subcommands of `speedup`: one file a command, one table of them.
 *
 * To add a command: write one file that defines a `const struct command`, and add it to the table
 * in program/catalogue.c. To add an option to one: one row in its table, and a member in its
 * settings that the row points to (harness/base/commandline/options.h). `--help` and the tests
 * follow. */
#ifndef HARNESS_COMMANDS_COMMAND_H
#define HARNESS_COMMANDS_COMMAND_H

#include <stdio.h>

#include "harness/base/commandline/options.h"
#include "harness/base/error.h"

/* Exit codes of the program. */
enum exit_code {
    EXIT_CODE_DONE = 0,
    EXIT_CODE_FAILED = 1, /* something ran and failed: a file, a check, a strategy */
    EXIT_CODE_USAGE = 2,  /* the command line was wrong; nothing was done */
    /* 130, 143, 129: failed because of Ctrl-C, SIGTERM, SIGHUP; main() makes them of 1 */
};

enum { OPERANDS_ANY = -1 };

struct command {
    const char *name;
    const char *summary;   /* one line, for `speedup --help` */
    const char *arguments; /* what comes behind the name: "[OPTION]... FILE..."; NULL: nothing */
    const char *about;     /* for --help, before the options: a paragraph, laid out there */
    const char *more;      /* the same after the options; or NULL */

    const struct option_row *options; /* NULL: --help only */
    size_t settings_bytes;            /* of the struct that the rows point into; 0: none */

    /* How many arguments it takes that are no options. Another number is an error, which `wants`
     * puts into words: "takes one result directory". Where it takes none, no `wants` is needed. */
    int operands_at_least, operands_at_most; /* OPERANDS_ANY: no end */
    const char *wants;

    /* `settings` is that struct, filled by the options; `line` has the other arguments. Results go
     * to standard output, progress and warnings to standard error. Returns an exit code; where that
     * is not EXIT_CODE_DONE, *error has been set and main() prints it; left empty, all has been
     * said. */
    enum exit_code (*run)(void *settings, const struct command_line *line, struct error *error);
};

/* All commands, in the order of `speedup --help`, ended by NULL. */
extern const struct command *const command_catalogue[];

/* Reads the command line (argv[0] is the command's name) and runs the command, or prints its
 * --help. Returns as run() does. */
enum exit_code command_run(const struct command *command, int argc, char **argv,
                           struct error *error);

/* The exit code where a command line was not accepted: it was wrong; or, which is no fault of its
 * own, there was no memory for it. Then errno, which the caller has set to 0 before, is ENOMEM. */
enum exit_code command_refused(void);

/* What `speedup NAME --help` prints. */
void command_print_help(const struct command *command, FILE *stream);

/* The options of a command; never NULL. */
const struct option_row *command_options(const struct command *command);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The user's own command in the process of a run: starting it for one task, and judging its end.
 *
 * It begins as in a plain run: it finds no signal ignored, whatever we ignore ourselves. Its
 * standard output is thrown away, since nobody could read that of many at a time. What it says on
 * standard error goes to a file without a name, one a worker; the end of it is in the error of a
 * task that fails. */
#ifndef HARNESS_MEASURE_COMMAND_RUN_COMMAND_H
#define HARNESS_MEASURE_COMMAND_RUN_COMMAND_H

#include <stdbool.h>

#include "harness/base/error.h"

struct run_command {
    char *const *template; /* the command with its placeholders, ended by NULL; the caller's */
    int workers;
    int *errors; /* descriptors of the files, by worker; -1: none yet */
};

/* 0, or -1 where there is no memory. */
int run_command_create(struct run_command *command, char *const *template, int workers);

/* Legal on a struct of zeroes. */
void run_command_destroy(struct run_command *command);

/* The words that do one task, ended by NULL, in one piece for free(); NULL: no memory. `file` is ""
 * where tasks have none. */
char **run_command_words(const struct run_command *command, const char *file, int task, int worker);

/* Where the standard error of this worker's next program goes: an empty file, as a descriptor; -1
 * (SPAWN_NOTHING) where there can be none. */
int run_command_errors(struct run_command *command, int worker);

/* Judges the status of a program from waitpid(). 0 where it ended with exit status 0; else -1 with
 * *error naming the task, its file, how it ended, and the last of what it said; *crashed tells whether
 * a signal ended it. */
int run_command_judge(const struct run_command *command, const char *file, int task, int worker,
                      int status, bool *crashed, struct error *error);

/* Does all that: one task, from start to end. */
int run_command_run(struct run_command *command, const char *file, int task, int worker,
                    bool *crashed, struct error *error);

#endif

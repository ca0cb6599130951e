/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a program does before anything else. */
#ifndef HARNESS_BASE_PROCESS_START_H
#define HARNESS_BASE_PROCESS_START_H

#include "harness/base/error.h"

/* Makes the program safe to begin in whatever state it was started in:
 *  - where standard input, output or error is closed, the first file to be opened would take its
 *    number, and messages would go into it. So these numbers are taken by something that can
 *    neither be read nor written, as a closed one.
 *  - a file that grows beyond the limit (`ulimit -f`) is an error that is reported, not a signal
 *    that ends the program without a word.
 *  - it may have inherited that the ends of children are ignored (`trap '' CHLD`, some daemons);
 *    then it could not learn how its own have ended. */
void start_safely(void);

/* Where the stack may not grow to 1 MiB (`ulimit -s 64`), raises the limit and begins the program
 * anew, so that its threads have as much. Returns 0 where there is nothing to do, or -1 with *error
 * set where the limit cannot be raised. */
int start_with_stack(char **arguments, struct error *error);

#endif

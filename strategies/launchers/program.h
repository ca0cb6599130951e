/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding, asking and starting other programs; no shell is involved. */
#ifndef STRATEGIES_LAUNCHERS_PROGRAM_H
#define STRATEGIES_LAUNCHERS_PROGRAM_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#include "harness/base/error.h"
#include "harness/base/words.h"

/* Whether `name` can be executed along PATH. */
bool program_exists(const char *name);

/* Whether `name --version` prints a text with `words` in it. */
bool program_is(const char *name, const char *words);

/* Starts the program words->word[0] with the other words as its arguments, and with no signal
 * ignored; `in` and `err` are as in struct spawn. The caller reads what it prints from *output to
 * the end, closes that with fclose(), and waits for the process. The process, or -1 with *error
 * set. */
pid_t program_start(const struct words *words, int in, int err, FILE **output, struct error *error);

#endif

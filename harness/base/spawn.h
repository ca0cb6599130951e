/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting another program: its arguments go to it as they are, through no shell. */
#ifndef HARNESS_BASE_SPAWN_H
#define HARNESS_BASE_SPAWN_H

#include "harness/base/error.h"

/* Runs arguments[0] (looked for along PATH) with the given arguments (ended by NULL) in
 * `directory`, with its standard output going to our standard error, and waits for it. 0 when it
 * ends with exit status 0; else -1 with *error naming the program and `hint`, which says what to do
 * when there is no such program. */
int spawn_and_wait(const char *directory, char *const *arguments, const char *hint,
                   struct error *error);

#endif

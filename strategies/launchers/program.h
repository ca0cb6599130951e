/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding and asking other programs; no shell is involved. */
#ifndef STRATEGIES_LAUNCHERS_PROGRAM_H
#define STRATEGIES_LAUNCHERS_PROGRAM_H

#include <stdbool.h>

/* Whether `name` can be executed along PATH. */
bool program_exists(const char *name);

/* Whether `name --version` prints a text with `words` in it. */
bool program_is(const char *name, const char *words);

#endif

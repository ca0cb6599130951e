/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where this program is. */
#ifndef HARNESS_BASE_SELF_H
#define HARNESS_BASE_SELF_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/base/error.h"

/* The absolute path of the running program; where it lay, if it was replaced. 0, or -1 with *error set. */
int self_path(char *path, size_t size, struct error *error);

/* Whether another program lies there now, or none: somebody has typed `make` meanwhile. */
bool self_is_replaced(void);

/* What to execute, as long as this process lives, for this very program once more, replaced or not. 0, or
 * -1 with *error set: macOS does not have a replaced one any more. */
int self_program(char *path, size_t size, struct error *error);

/* The absolute path of `name` ("plots/speedup.gp"), one of the files that come with the program. It
 * is looked for, in this order,
 *
 *     in the folders above the program            build/speedup in its source tree, also one moved
 *     in share/speedup of the folders above it    bin/speedup below any prefix, also one moved
 *     where it was installed, where it was built  a copy of the program alone, or BUILD elsewhere
 *
 * 0, or -1 with *error set. */
int self_beside(const char *name, char *path, size_t size, struct error *error);

#endif

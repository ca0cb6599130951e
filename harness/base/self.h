/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where this program is. */
#ifndef HARNESS_BASE_SELF_H
#define HARNESS_BASE_SELF_H

#include <stddef.h>

#include "harness/base/error.h"

/* The absolute path of the running program. 0, or -1 with *error set. */
int self_path(char *path, size_t size, struct error *error);

/* The absolute path of `name` ("plots/speedup.gp") in the nearest folder above the program that
 * has it: the source tree that it was built in. 0, or -1 with *error set. */
int self_beside(const char *name, char *path, size_t size, struct error *error);

#endif

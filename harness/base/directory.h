/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Directories for results. */
#ifndef HARNESS_BASE_DIRECTORY_H
#define HARNESS_BASE_DIRECTORY_H

#include "harness/base/error.h"

/* Makes the directory, and those above it, where they are missing (as `mkdir -p` does). 0, or -1
 * with *error set, also when something else of that name is there, or when nothing may be written
 * into it. */
int directory_create(const char *path, struct error *error);

#endif

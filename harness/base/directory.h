/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Directories for results, and the one for temporary files. */
#ifndef HARNESS_BASE_DIRECTORY_H
#define HARNESS_BASE_DIRECTORY_H

#include <limits.h>
#include <stddef.h>

#include "harness/base/error.h"

/* Makes the directory, and those above it, where they are missing (as `mkdir -p` does). 0, or -1
 * with *error set, also when something else of that name is there, or when nothing may be written
 * into it. */
int directory_create(const char *path, struct error *error);

/* Makes an empty file "NAME-" and six more characters in the directory for temporary files, which is
 * $TMPDIR, or /tmp where that is not set. Its path goes into `path` of `size` bytes. Returns a
 * descriptor, or -1 with errno set. */
int directory_temporary_file(const char *name, char *path, size_t size);

/* Bytes that may still be written into the directory, or, where it is not there yet, into the one
 * in which it will be made; 0: not known. */
double directory_free_bytes(const char *path);

/* Where the directory holds a file of this name, gives the directory another name, PATH.1 or the next
 * number that is free, so that what is in it is kept. *kept becomes that name, or "" where there was
 * nothing to keep. 0, or -1 with *error set. */
int directory_set_aside(const char *path, const char *file, char kept[PATH_MAX],
                        struct error *error);

#endif

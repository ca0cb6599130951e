/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a program that was killed could not remove. Its names tell whose it is, so that nothing of
 * the user's is taken for it. */
#ifndef HARNESS_BASE_PROCESS_LEFTOVERS_H
#define HARNESS_BASE_PROCESS_LEFTOVERS_H

#include <stddef.h>

#include "harness/base/error.h"

/* The hidden name that the file `name` has while this process writes it, in `hidden` of `size`
 * bytes. 0, or -1 with *error set when it does not fit. */
int leftovers_name(const char *name, char *hidden, size_t size, struct error *error);

/* Removes from the directory the half-written files (.half-PID-NAME) and the directories of images
 * (.files-PID-XXXXXX) whose process is no more. Those of a process that lives stay, and so does all
 * that has another kind of name. It is tidying up: where it fails, things stay as they are. */
void leftovers_remove(const char *directory);

/* The same for one process, which is known to have ended. */
void leftovers_remove_of(const char *directory, long process);

/* Makes a directory for images of this process in `parent`, with a name that leftovers_remove() knows.
 * Its absolute path goes into `directory`, which has PATH_MAX bytes. 0, or -1 with *error set and the
 * path "". */
int leftovers_make_directory(const char *parent, char *directory, struct error *error);

/* Removes this directory, with the files in it; nothing where its path is "". */
void leftovers_remove_directory(const char *directory);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Output files that appear whole or not at all: written beside their place under another name, and
 * renamed when complete. */
#ifndef HARNESS_BASE_OUTPUT_H
#define HARNESS_BASE_OUTPUT_H

#include <limits.h>
#include <stdio.h>

#include "harness/base/error.h"

struct output {
    FILE *stream; /* to write to */
    char path[PATH_MAX];
    char temporary[PATH_MAX]; /* "": it goes into a pipe or a device at once */
};

/* Opens DIR/NAME for writing. 0, or -1 with *error set. */
int output_open(struct output *output, const char *directory, const char *name,
                struct error *error);

/* Closes the file and puts it in its place. 0, or -1 with *error set (the disk is full, say); then
 * nothing has changed in the directory. */
int output_commit(struct output *output, struct error *error);

/* Gives up: closes the file and removes what was written. */
void output_discard(struct output *output);

/* Removes DIR/NAME where there is such a file. 0, or -1 with *error set. */
int output_remove(const char *directory, const char *name, struct error *error);

/* DIR/NAME in `path` of PATH_MAX bytes. 0, or -1 with *error set when it is too long. */
int output_path(char *path, const char *directory, const char *name, struct error *error);

#endif

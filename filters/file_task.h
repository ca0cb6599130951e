/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One FITS file filtered into another: what `speedup filter` does with each of its files, and what
 * a task does under `--io files`. */
#ifndef FILTERS_FILE_TASK_H
#define FILTERS_FILE_TASK_H

#include "filters/filter.h"
#include "harness/base/error.h"

/* The path of the result of `input`: DIRECTORY/<name>_filtered.fits, where <name> is that of the
 * input without directory, .gz or .fz, and .fits, .fit or .fts. `path` has PATH_MAX bytes. 0, or -1
 * with *error set when it is too long. */
int file_task_result(const char *input, const char *directory, char *path, struct error *error);

/* Reads the first image of the file `input`, filters it, and writes the result with the header of
 * the original and a HISTORY of what was done. `workspace` is one of this filter with these
 * parameters. 0, or -1 with *error naming the file; then there is no new result. */
int file_task_run(const struct filter *filter, const struct filter_parameters *parameters,
                  void *workspace, const char *input, const char *result, struct error *error);

/* The same, but with the file read as by fits_read_image_apart(): for files that come from anywhere,
 * in a program that has no other thread. */
int file_task_run_apart(const struct filter *filter, const struct filter_parameters *parameters,
                        void *workspace, const char *input, const char *result,
                        struct error *error);

#endif

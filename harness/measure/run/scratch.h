/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of `--io files`: inputs and results, in a directory that is removed afterwards. */
#ifndef HARNESS_MEASURE_RUN_SCRATCH_H
#define HARNESS_MEASURE_RUN_SCRATCH_H

#include <limits.h>

#include "generator/image.h"
#include "harness/base/error.h"
#include "harness/measure/run/workload.h"

struct scratch {
    char directory[PATH_MAX]; /* "": none */
    char **files;             /* the inputs, by their absolute paths; NULL: none */
    int count;                /* of them */
};

/* Makes a directory inside `parent` and finds a file for each of `count` images: those in `files`
 * where it is not NULL, else files written from `images`. No two may have the same result. 0, or -1
 * with *error set; scratch_destroy() is the caller's either way. */
int scratch_create(struct scratch *scratch, const char *parent, int count,
                   const struct image *images, char *const *files, struct error *error);

/* Removes the results of an earlier run: what the next one does not write is then missing. */
void scratch_clear(const struct scratch *scratch, const struct workload *workload);

/* Reads the results of a run into the outputs of the workload, for workload_check(). 0, or -1 with
 * *error naming the file that is missing or has another shape. */
int scratch_collect(const struct scratch *scratch, struct workload *workload, struct error *error);

/* Removes the directory with all that is in it. */
void scratch_destroy(struct scratch *scratch);

#endif

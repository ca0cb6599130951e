/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The results of `--io files`, in directories that are removed afterwards: those of the run under way,
 * and the serial ones, with which they are compared, one pair at a time in memory. */
#ifndef HARNESS_MEASURE_RUN_SCRATCH_H
#define HARNESS_MEASURE_RUN_SCRATCH_H

#include <limits.h>

#include "generator/image.h"
#include "harness/base/error.h"
#include "harness/measure/run/workload.h"

struct scratch {
    char directory[PATH_MAX]; /* of the results of a run; "": none */
    char reference[PATH_MAX]; /* of the serial ones */
};

/* Makes the directories inside `parent`. No two of the `count` files may have the same result. 0, or
 * -1 with *error set; scratch_destroy() is the caller's either way. */
int scratch_create(struct scratch *scratch, const char *parent, int count, char *const *files,
                   struct error *error);

/* Removes the results of an earlier run: what the next one does not write is then missing. 0, or -1
 * with *error naming the one that stays. */
int scratch_clear(const struct scratch *scratch, const struct workload *workload,
                  struct error *error);

/* Makes the results of the last run the reference. 0, or -1 with *error naming the file that is
 * missing or has another shape. */
int scratch_keep_reference(const struct scratch *scratch, const struct workload *workload,
                           struct error *error);

/* Reads the reference of one frame; image_destroy() is the caller's. 0, or -1 with *error set. */
int scratch_read_reference(const struct scratch *scratch, const struct workload *workload,
                           int frame, struct image *image, struct error *error);

/* Compares the results of the last run with the reference, as workload_check_outputs() does. 0, or -1
 * with *error saying where they first differ, or which file is missing. */
int scratch_check(const struct scratch *scratch, const struct workload *workload,
                  const struct filter *filter, struct error *error);

/* Removes the directories with all that is in them. */
void scratch_destroy(struct scratch *scratch);

#endif

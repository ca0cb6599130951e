/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several result directories beside each other. */
#ifndef HARNESS_REPORT_COMPARE_H
#define HARNESS_REPORT_COMPARE_H

#include <stdbool.h>
#include <stdio.h>

#include "harness/base/error.h"
#include "harness/measure/summary.h"

struct comparison {
    int count;               /* results */
    const char **names;      /* their directories, as they were given; the caller's strings */
    struct result_set *sets; /* what is in them */
};

/* Reads the summaries of `count` directories. 0, or -1 with *error naming the first that cannot be
 * read, and nothing to free. */
int compare_open(struct comparison *comparison, int count, char *const *directories,
                 struct error *error);
void compare_close(struct comparison *comparison);

/* Of each result what was computed, on which machine, and a line a configuration, in 79 columns; and a
 * remark where they are not of the same work. */
void compare_print(const struct comparison *comparison, FILE *stream);

/* Whether all results are of the same work, so that their times compare. */
bool compare_same_work(const struct comparison *comparison);

/* Writes compare.csv and compare.gp, and draws compare.png and .svg, in an existing directory. All
 * rows that are `ok` are in the file; the graph has a line for each strategy of each result where
 * these are few enough to be told apart, else for the fastest of each, and of the fastest results. 0,
 * or -1 with *error set. */
int compare_draw(const struct comparison *comparison, const char *directory, struct error *error);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is graded: a file that defines a strategy, and the files that it needs. */
#ifndef HARNESS_GRADE_SUBJECT_H
#define HARNESS_GRADE_SUBJECT_H

#include <limits.h>
#include <stdbool.h>

#include "harness/base/error.h"

enum { HELPERS_MAX = 32, SYMBOL_MAX = 64 };

struct subject {
    char source[PATH_MAX];          /* as it is to be named in messages */
    char symbol[SYMBOL_MAX];        /* "strategy_mine" */
    char *text;                     /* of the file */
    char root[PATH_MAX];            /* where strategies/strategy.h is */
    char *helpers[HELPERS_MAX + 1]; /* ended by NULL */
    bool uses_openmp;               /* has a pragma of OpenMP */
};

/* A file with a `strategy_mine`. 0, or -1 with *error set; free with subject_destroy() in either
 * case. */
int subject_of_file(struct subject *subject, const char *source, struct error *error);

/* One of our own strategies, by name, from its source. Those whose workers are not ours (a
 * library's threads, other programs) cannot be graded. 0, or -1 with *error set; free as above. */
int subject_of_strategy(struct subject *subject, const char *name, struct error *error);

void subject_destroy(struct subject *subject);

/* Whether the file still has the text that it had. */
bool subject_is_unchanged(const struct subject *subject);

/* The number of the first line that contains all of `words` (ended by NULL), counted from 1 and not
 * before line `from`; 0: none. Comments of a line of its own are not looked at. */
int subject_line(const struct subject *subject, int from, const char *const *words);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The long texts about faults and words: faults.md and words.md, a heading each. */
#ifndef HARNESS_GRADE_EXPLAIN_H
#define HARNESS_GRADE_EXPLAIN_H

#include <stdio.h>

#include "harness/base/error.h"

/* Writes the entry `name` of the texts that come with the program. 0, or -1 with *error set; where
 * there is no such entry the error names the one that is spelled most like it. */
int explain_print(FILE *stream, const char *name, struct error *error);

/* Writes the names of all entries, each with its first line. 0, or -1 with *error set. */
int explain_list(FILE *stream, struct error *error);

#endif

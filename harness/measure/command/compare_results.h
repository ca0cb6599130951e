/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparing a result of the user's command with that of the serial run (result_files.h). */
#ifndef HARNESS_MEASURE_COMMAND_COMPARE_RESULTS_H
#define HARNESS_MEASURE_COMMAND_COMPARE_RESULTS_H

#include "harness/base/error.h"

/* A result_compare. `context` is NULL: files that end in .fits, .fit, .fts (or these with .gz or .fz)
 * are equal when the pixels of their first images are, bit for bit (any NaN equals any other), for
 * their headers may hold a date; all others byte for byte.
 *
 * Or it is a command, words ended by NULL, with the placeholders {a} for the serial run's file and {b}
 * for the other: they are equal when it ends with exit status 0. */
int compare_results(void *context, const char *reference, const char *result, struct error *error);

/* The words of the text of --compare: separated by blanks, apart from those between quotation marks
 * ('...' or "..."); there is no other syntax, and no shell. Ended by NULL, in one piece for free().
 * NULL with *error set where a quotation mark is not closed, {a} or {b} is missing, or there is no
 * memory. */
char **compare_words(const char *text, struct error *error);

#endif

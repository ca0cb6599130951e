/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the value of an option: errors that name the option and what it takes. */
#ifndef HARNESS_BASE_COMMANDLINE_OPTION_VALUES_H
#define HARNESS_BASE_COMMANDLINE_OPTION_VALUES_H

#include <stddef.h>

#include "harness/base/error.h"

/* All read the text after option `option` (as in "--size") and return 0, or -1 with *error naming
 * the option and what it takes. Where one fails, the value is as it was, unless said otherwise. */

/* A whole number from minimum to maximum. */
int option_integer(const char *option, const char *text, long long minimum, long long maximum,
                   long long *value, struct error *error);

/* "NYxNX", both at least 1. */
struct option_size {
    size_t ny, nx;
};
int option_size(const char *option, const char *text, struct option_size *size,
                struct error *error);

/* A number of at least `minimum`, with a fraction if need be. */
int option_number(const char *option, const char *text, double minimum, double *value,
                  struct error *error);

/* One of `choices` (ended by NULL); *chosen becomes its index. The error lists them all, and the
 * nearest. */
int option_choice(const char *option, const char *text, const char *const *choices, int *chosen,
                  struct error *error);

/* "A,B,C": *list becomes a new array of *count >= 1 new strings; free with option_list_free().
 * An empty name and a name given twice are errors; then *list is NULL. */
int option_list(const char *option, const char *text, char ***list, size_t *count,
                struct error *error);
void option_list_free(char **list, size_t count);

/* "1,2,4": whole numbers from 1 to `maximum`, at most `room` of them. *count becomes how many are in
 * `numbers`; where it fails, some of them may be. */
int option_integers(const char *option, const char *text, int maximum, int *numbers, int room,
                    int *count, struct error *error);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the command line: getopt_long, with errors that name the option and the remedy. */
#ifndef HARNESS_BASE_OPTIONS_H
#define HARNESS_BASE_OPTIONS_H

#include <getopt.h>
#include <stddef.h>

#include "harness/base/error.h"

enum {
    OPTION_END = -1,  /* no more options; optind is the first other argument */
    OPTION_BAD = -2,  /* *error says which and why */
    OPTION_HELP = 'h' /* `val` of {"help", no_argument, NULL, OPTION_HELP} in every table */
};

/* The `val` of the next long option, or one of the above. Call it until OPTION_END. Options and
 * other arguments may be mixed; after `--` all are other arguments. */
int options_next(int argc, char **argv, const struct option *options, struct error *error);

/* Begins anew, with another argv. */
void options_restart(void);

/* The following read the text after option `option` (as in "--size") and return 0, or -1 with
 * *error naming the option and what it takes. */

/* A whole number from minimum to maximum. */
int option_integer(const char *option, const char *text, long minimum, long maximum, long *value,
                   struct error *error);

/* "NYxNX", both at least 1. */
int option_size(const char *option, const char *text, size_t *ny, size_t *nx, struct error *error);

/* A number of at least `minimum`, with a fraction if need be. */
int option_number(const char *option, const char *text, double minimum, double *value,
                  struct error *error);

/* One of `choices` (ended by NULL); *chosen becomes its index. The error lists them all. */
int option_choice(const char *option, const char *text, const char *const *choices, int *chosen,
                  struct error *error);

/* "A,B,C": *list becomes a new array of *count >= 1 new strings; free with option_list_free().
 * An empty name and a name given twice are errors. */
int option_list(const char *option, const char *text, char ***list, size_t *count,
                struct error *error);
void option_list_free(char **list, size_t count);

#endif

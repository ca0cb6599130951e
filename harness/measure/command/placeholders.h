/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Placeholders in the user's own command, as GNU parallel has them.
 *
 *     {}    the file                                  dir/a.tar.gz
 *     {/}   without its folder                        a.tar.gz
 *     {//}  its folder                                dir
 *     {.}   without its last ending                   dir/a.tar
 *     {/.}  without both                              a.tar
 *     {#}   the number of the task, from 1
 *     {%}   the number of the worker, from 1
 *     {workers}  how many workers there are (ours, not GNU parallel's)
 *
 * They are replaced inside an argument, as often as they occur; what they are replaced by is not
 * looked at again, so a file may be called `{}`. An argument stays one argument, whatever is in the
 * file's name: blanks, quotes, line ends. There is no shell.
 */
#ifndef HARNESS_MEASURE_COMMAND_PLACEHOLDERS_H
#define HARNESS_MEASURE_COMMAND_PLACEHOLDERS_H

#include <stdbool.h>

/* What stands in for them. */
struct placeholder_values {
    const char *file; /* "" where tasks have no file */
    int task, worker; /* from 0; the texts count from 1 */
    int workers;
    const char *left, *right; /* {a} and {b}, the two results that --compare looks at; else NULL */
};

/* The arguments with all placeholders replaced, ended by NULL as `arguments` is. A command in which
 * no placeholder but {workers} occurs gets the file as its last argument, if there is one. One
 * block of memory, to be given to free(); NULL when there is no memory. */
char **placeholders_replace(char *const *arguments, const struct placeholder_values *values);

/* The same for a single text, where nothing is added: the pattern of a result. To be given to
 * free(); NULL when there is no memory. */
char *placeholders_replace_text(const char *text, const struct placeholder_values *values);

/* Whether {workers} occurs in one of the arguments. */
bool placeholders_name_workers(char *const *arguments);

/* Whether the text names the task: whether it has a placeholder other than {workers} and {%}. */
bool placeholders_name_task(const char *text);

#endif

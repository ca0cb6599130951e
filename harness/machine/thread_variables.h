/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The environment variables that tell libraries and languages how many threads to use inside one
 * program. One table, so that a run, a report and a page of documentation name the same. */
#ifndef HARNESS_MACHINE_THREAD_VARIABLES_H
#define HARNESS_MACHINE_THREAD_VARIABLES_H

#include <stdbool.h>

struct thread_variable {
    const char *name; /* NULL ends the table */
    const char *whose;
    bool usual; /* one of the few that are worth writing into every command line */
};

extern const struct thread_variable thread_variables[];

/* Sets all of them, for this process and those that it starts. 0, or -1 with errno set. */
int thread_variables_set(int threads);

#endif

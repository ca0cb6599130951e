/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting another program, or this one anew. Arguments go to it as they are, without a shell. */
#ifndef HARNESS_BASE_SPAWN_H
#define HARNESS_BASE_SPAWN_H

#include <stdbool.h>
#include <sys/types.h>

#include "harness/base/error.h"

/* Where a standard stream of the program goes; else it is a descriptor of ours. */
enum { SPAWN_SAME = 0, SPAWN_NOTHING = -1, SPAWN_TO_ERROR = -2 };

/* What is 0 or NULL stays as it is with us. */
struct spawn {
    char *const *arguments;   /* ended by NULL; the first is looked for along PATH */
    const char *program;      /* the file to execute instead of arguments[0] */
    const char *directory;    /* to begin in */
    int in, out, err;         /* its standard streams; `out` may be SPAWN_TO_ERROR */
    const int *kept;          /* further descriptors that it inherits, ended by -1; all others that
                                  are marked close-on-exec are closed */
    char *const *environment; /* "NAME=VALUE" sets, "NAME" unsets; ended by NULL */
    bool own_group;           /* in a process group of its own, which has its number */
    bool default_signals;     /* catches and ignores no signal, and blocks none */
};

/* Starts it. Returns when it has begun, so that what keeps it from beginning is known: its process,
 * or -1 with errno and *error set. */
pid_t spawn_start(const struct spawn *spawn, struct error *error);

/* Waits for a process; *status is as from waitpid(). 0, or -1 with *error set. */
int spawn_wait(pid_t process, int *status, struct error *error);

/* Runs arguments[0] in `directory`, with its standard output going to our standard error and
 * `environment` as above, and waits for it. 0 when it ends with exit status 0; else -1 with *error
 * naming the program, and `hint`, which says what to do when there is no such program. Where
 * interrupt_catch() is in force, a signal ends the program too, and the error begins with
 * "interrupted". */
int spawn_and_wait(const char *directory, char *const *arguments, char *const *environment,
                   const char *hint, struct error *error);

#endif

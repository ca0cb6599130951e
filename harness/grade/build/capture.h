/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running a program and keeping what it says. */
#ifndef HARNESS_GRADE_CAPTURE_H
#define HARNESS_GRADE_CAPTURE_H

#include <stdbool.h>

#include "harness/base/error.h"

struct capture {
    char *output, *errors; /* standard output and standard error, as strings; cut at some MiB */
    int status;            /* as waitpid() has it */
    bool too_long;         /* was ended at the time limit */
};

/* Runs arguments[0] (looked for along PATH) with these arguments and, beside ours, the environment
 * variables of `environment` ("NAME=VALUE", ended by NULL; NULL: none), for at most limit_s
 * seconds. 0, or -1 with *error set when it could not be run at all; free with capture_destroy() in
 * either case. */
int capture_run(char *const *arguments, const char *const *environment, double limit_s,
                struct capture *capture, struct error *error);

void capture_destroy(struct capture *capture);

#endif

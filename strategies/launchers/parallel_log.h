/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What GNU parallel tells of the tasks that it runs.
 *
 * Its job log says when each began and how it ended, but not which job slot did it. That comes with
 * what the task prints: every line is tagged with the number of the task and its slot. */
#ifndef STRATEGIES_LAUNCHERS_PARALLEL_LOG_H
#define STRATEGIES_LAUNCHERS_PARALLEL_LOG_H

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>

#include "strategies/launchers/job_programs.h"

/* For --tagstring. */
#define PARALLEL_LOG_TAG "{#} {%}"

struct parallel_log {
    char path[PATH_MAX];            /* for --joblog */
    bool named;                     /* there is a file of this name */
    FILE *stream;                   /* our own, for reading */
    struct parallel_entry *entries; /* one a task */
};

/* Makes an empty log. 0, or -1 after job_fail(); parallel_log_close() is the caller's either way. */
int parallel_log_open(struct parallel_log *log, struct job *job);

/* Reads what the tasks print, to its end. A task that fails is reported as soon as another has
 * ended. 0, or -1 after job_fail(). */
int parallel_log_follow(struct parallel_log *log, struct job *job, FILE *output);

/* When parallel has ended: notes all tasks that are done, and reports those that have failed since.
 * 0, or -1 after job_fail(). */
int parallel_log_note(struct parallel_log *log, struct job *job, int workers);

/* Closes the log, and removes it where it has a name; legal when parallel_log_open() has failed. */
void parallel_log_close(struct parallel_log *log);

#endif

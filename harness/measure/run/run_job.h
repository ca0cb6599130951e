/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The job of a run: what the strategy sees of the workload. */
#ifndef HARNESS_MEASURE_RUN_RUN_JOB_H
#define HARNESS_MEASURE_RUN_RUN_JOB_H

#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>

#include "harness/machine/topology.h"
#include "harness/measure/command/run_command.h"
#include "harness/measure/run/stopwatch.h"
#include "harness/measure/run/workload.h"
#include "strategies/job_more.h"
#include "strategies/launchers/job_programs.h"
#include "strategies/strategy.h"

/* What belongs to one worker. In a forked worker this is a private copy, and so it should be. */
struct run_worker {
    bool ready;
    void *workspace;
    struct stopwatch watch;
};

enum { COMMAND_WORDS_AT_MOST = 12, RUN_CRASHES = 5 };

/* `job` comes first, so that a pointer to it is one to the whole. */
struct run {
    struct job job;
    struct workload workload;
    struct topology topology;
    const struct filter *filter;
    const struct strategy *strategy;
    pid_t process; /* that was started for this run; others are children of it */
    int workers;
    struct run_worker *worker;

    struct error crash[RUN_CRASHES]; /* what to say of each signal of rules.c */

    struct run_command own; /* the user's command, where the tasks are that */
    char **own_words;       /* its words; NULL: the tasks are the filter's */

    struct job_results results;
    struct job_programs programs;
    struct job_anew anew;
    /* What `programs` and `anew` point to. */
    char *command[COMMAND_WORDS_AT_MOST], **files;
    char program[PATH_MAX], window[24], descriptor[16];
    int kept[2];
};

/* Fills in the job for the workload's configuration; filter, strategy and topology are set before.
 * 0, or -1 with the reason noted in the workload. */
int run_job_create(struct run *run);

/* Frees all; to be called also where run_job_create() has failed. */
void run_job_destroy(struct run *run);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A job that only counts: for testing how strategies hand out tasks. */
#ifndef TESTS_SUPPORT_COUNTING_JOB_H
#define TESTS_SUPPORT_COUNTING_JOB_H

#include <limits.h>
#include <stdatomic.h>

#include "harness/base/shared.h"
#include "strategies/job_more.h"

/* Lives in shared memory as a whole, so that forked workers count in it too. The result of a task
 * is its number plus 1000, in shared memory of its own that a worker can make private. */
struct counting_job {
    struct job job;
    int workers;            /* for checking worker numbers */
    atomic_int failures;    /* calls of job_fail() */
    atomic_int bad_workers; /* tasks run with a nonexistent worker number */
    atomic_int busy[64];    /* calls under way, a worker */
    atomic_int overlaps;    /* a worker ran two tasks at a time */
    long nap_ns;            /* how long each task takes; 0 at first */
    int killing_task;       /* this one kills the process that runs it; -1: none */
    atomic_int crashes;     /* calls of job_fail() with JOB_CRASHED */
    int failing_task;       /* this one reports failure; -1: none */
    char last_failure[128];
    int by[2048]; /* the worker of each of the first tasks */
    struct shared results_memory;
    struct job_results where;
    struct job_anew anew;
    char program[PATH_MAX], descriptors[2][16], *arguments[5]; /* of that */
    int kept[3];
    int *results;           /* of each task; 0 where none has come back */
    atomic_int times_run[]; /* of each task */
};

/* Makes one with `tasks` tasks in *memory. Fails the test on no memory. */
struct counting_job *counting_job_create(struct shared *memory, int tasks, int workers);

/* Comes first in main(): where this is the program started anew, as a worker of such a job, it does
 * what it is sent and does not return. */
void counting_job_serve(int argc, char **argv);
void counting_job_destroy(struct shared *memory);

#endif

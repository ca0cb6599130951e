/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Watching a process and all that come from it: CPU use, memory, processes and threads over time.
 *
 * The watcher calls sampler_look() about twenty times a second. A process belongs to the watched
 * ones when it is the first of them, or a child of one that belongs, or when the scope says so;
 * once found, it stays, also when its parent ends. One that lives between two looks only is missed;
 * its CPU time is not, if its parent waits for it.
 */
#ifndef HARNESS_MACHINE_SAMPLER_H
#define HARNESS_MACHINE_SAMPLER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "harness/machine/processes.h"

enum { SAMPLER_INTERVAL_MS = 50 };

/* What belongs beside the first process and those that come from it. */
enum sampler_scope {
    SAMPLER_GROUP,   /* all of the process group that the first one leads */
    SAMPLER_CHILDREN /* all children of the watcher, among them orphans that it has adopted */
};

struct reading {
    double time_s;      /* since sampler_start() */
    double cpu_percent; /* since the reading before; 100 is one core */
    long memory_kib;    /* of all processes together, at this moment */
    int processes, threads;
};

struct sampler {
    pid_t first;
    enum sampler_scope scope;
    bool shared_twice; /* somewhere shared pages were counted for each process that has them */
    bool no_memory;    /* readings are missing, because there was no memory for them */
    double began_s, last_look_s, last_cpu_s; /* clock_seconds(), CPU seconds */
    double gone_cpu_s; /* CPU time of processes that have ended and nobody of ours waited for */

    struct reading *readings;
    size_t count, capacity;

    struct process *members; /* those that belonged at the last look */
    size_t member_count;
    struct process *all; /* room for the list of all processes */
    size_t all_capacity;
};

/* Begins to watch process `first`, a child of the calling process. No reading is taken yet. */
void sampler_start(struct sampler *sampler, pid_t first, enum sampler_scope scope);

/* Takes a reading. Does nothing when the last one, or the start, was less than a fifth of the
 * interval ago, since a rate over so short a time means nothing, or when no process is left. */
void sampler_look(struct sampler *sampler);

/* The highest of the readings; 0 where there is none. */
struct reading sampler_peak(const struct sampler *sampler);

/* Frees all; legal on a struct of zeros. */
void sampler_destroy(struct sampler *sampler);

#endif

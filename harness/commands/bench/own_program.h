/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `speedup bench FILE... -- COMMAND [ARG]...`: how many at a time for a program of the user's own. */
#ifndef HARNESS_COMMANDS_BENCH_OWN_PROGRAM_H
#define HARNESS_COMMANDS_BENCH_OWN_PROGRAM_H

#include "harness/base/error.h"
#include "harness/commands/bench/bench_options.h"
#include "harness/machine/topology.h"
#include "harness/measure/command/result_files.h"
#include "harness/measure/summary.h"

struct own_program {
    char **command; /* words with placeholders, ended by NULL; NULL: the tasks are a filter's */
    char **files;   /* ended by NULL; none with --tasks */
    int tasks;
    struct result_files results; /* of --result */
    bool compared;               /* --result was given */
    char **compare;              /* the words of --compare; NULL: none */

    /* Of one task, run alone before all else: wall and CPU seconds, peak memory. */
    double task_s, task_cpu_s, task_kib;
    bool waits;        /* more than it computes */
    int cores;         /* that this process may use */
    double memory_kib; /* available before the benchmark; 0: not known */
    bool watched;      /* there is time for a round that is watched, for its memory */
    bool narrows;      /* the numbers of workers are ours to choose, and there is time for a first
                             look at some of them (own_narrow.h) */
    int workers_that_fit; /* into that memory; INT_MAX where it is no matter */
};

/* The strategy whose workers are the command's own threads, and the placeholder that asks for it. */
#define OWN_PROGRAM_INSIDE "inside"

/* Looks at the options that belong to a command, and sets the others to what goes with one (filter,
 * I/O, binding). Nothing has been run yet. 0, or -1 with *error set where they do not go together. */
int own_program_open(struct own_program *own, struct bench_options *options, struct error *error);

/* Moves results that lie there aside, and runs one task alone, which is not counted: it warms up the
 * caches of the file system, and says how long a task takes and how much memory. Then chooses what the
 * user left open: strategies, and numbers of workers, none of which would need more memory than there
 * is. 0, or -1 with *error set. */
int own_program_try(struct own_program *own, struct bench_options *options,
                    const struct topology *topology, struct error *error);

/* One line: how many runs of what, how long in all. */
void own_program_print_plan(const struct own_program *own, const struct bench_options *options,
                            int config_count);

/* The answer, one line: `Use N at a time`. Nothing where nothing was right. */
void own_program_print_advice(const struct own_program *own, const struct result_set *set);

/* The command to copy that does so. */
void own_program_print_command(const struct own_program *own, const struct result_set *set);

/* Leaves the user's files as one plain run would; or, where it did not come to that or was
 * `interrupted`, as they were. Legal on a struct of zeroes. 0, or -1 with *error set. */
int own_program_close(struct own_program *own, bool interrupted, struct error *error);

#endif

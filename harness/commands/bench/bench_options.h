/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line of `speedup bench`. */
#ifndef HARNESS_COMMANDS_BENCH_OPTIONS_H
#define HARNESS_COMMANDS_BENCH_OPTIONS_H

#include "harness/base/commandline/options.h"
#include "harness/base/error.h"
#include "harness/commands/inputs/room.h"
#include "harness/machine/topology.h"
#include "harness/measure/config.h"
#include "strategies/strategy.h"

enum {
    STRATEGIES_AT_MOST = 32,
    WORKER_COUNTS_AT_MOST = 64,
    WORKERS_AT_MOST = 4096,
    BLAS_THREAD_COUNTS_AT_MOST = 16,
    BLAS_THREADS_ON = 0 /* until bench_options_settle() knows the cores */
};

struct bench_options {
    const struct strategy *strategies[STRATEGIES_AT_MOST];
    int strategy_count;
    int workers[WORKER_COUNTS_AT_MOST];
    int worker_count;
    struct config config;                         /* all but strategy and workers */
    bool grain_given, budget_given;               /* --grain, --budget */
    bool both_locks;                              /* --lock both */
    int blas_threads[BLAS_THREAD_COUNTS_AT_MOST]; /* --blas-threads; none where the filter has none
                                                   */
    int blas_thread_count;
    struct hosts hosts;
    bool skip_missing; /* skip strategies that cannot run here */
    const char *section;
    long images, rounds;
    long long seed;
    struct option_size size;
    double budget_s, limit_s;
    double effort_h;      /* hours of programming, for the report */
    bool wide;            /* print all rows and columns */
    bool keep;            /* the first image and its result, as FITS files */
    bool dry_run;         /* print the plan and its time, and measure nothing */
    const char *topology; /* of another machine, for --dry-run; NULL: this one */
    int notices;          /* settled: lines that say what of it is left out */
    bool chose_workers;   /* settled: nobody has asked for numbers of workers */
    const char *directory;
    const char *resume; /* go on with the benchmark in this directory; NULL: begin one */
    char **files;       /* FITS files instead of fake images: the operands of the command line */
    int file_count;

    /* A command of the user's own (own_program.h): what stands behind `--`, ended by NULL; NULL: the
     * tasks are a filter's. */
    char **command;
    const char *result, *compare; /* NULL: not given */
    long own_tasks;               /* --tasks; 0: not given */
    bool overwrite;
};

/* --budget where neither it nor --rounds is given, seconds. */
enum { BUDGET_DEFAULT = 60 };

/* The options, which go into a struct bench_options. */
extern const struct option_row bench_option_rows[];

/* What comes after the options were read: looks for some that do not go together, and chooses what
 * was not given (the sweep of workers from the topology). 0, or -1 with *error set. */
int bench_options_settle(struct bench_options *options, const struct topology *topology,
                         struct error *error);

/* Where its images are to be, once the options are settled. */
struct room bench_options_room(const struct bench_options *options);

#endif

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
    int blas_threads[BLAS_THREAD_COUNTS_AT_MOST]; /* --blas-threads */
    int blas_thread_count;                        /* 0 where the filter uses no BLAS */
    struct hosts hosts;
    bool skip_missing;   /* skip strategies that cannot run here */
    const char *section; /* of the lesson: a name, or "all"; NULL: none */
    long images, rounds; /* rounds: 0 where the budget decides */
    long long seed;
    struct option_size size;
    double budget_s;
    double limit_s;        /* of a run, --timeout; 0: not given */
    double effort_h;       /* hours of programming, for the report */
    bool wide;             /* print all rows and columns */
    bool keep;             /* the first image and its result, as FITS files */
    bool dry_run;          /* print the plan and its time, and measure nothing */
    const char *topology;  /* of another machine, for --dry-run; NULL: this one */
    int notices;           /* settled: how many lines it took to say what is left out */
    bool chose_workers;    /* settled: nobody has asked for numbers of workers */
    const char *directory; /* of the result */
    const char *resume;    /* go on with the benchmark in this directory; NULL: begin one */
    char **files;          /* FITS files instead of fake images: the operands of the command line */
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

/* To be done when the options have been read: refuses those that do not go together, and chooses
 * what was not given (numbers of workers from the topology, say). 0, or -1 with *error set. */
int bench_options_settle(struct bench_options *options, const struct topology *topology,
                         struct error *error);

/* Numbers of workers for tasks that wait, which takes no core: 1, 2, 4, ... below the number of
 * tasks, and that number, at most WORKERS_AT_MOST. `workers` has room for WORKER_COUNTS_AT_MOST.
 * Returns how many. */
int bench_options_waiting_sweep(long tasks, int *workers);

/* Where the images of a benchmark with these options, once they are settled, are to be. */
struct room bench_options_room(const struct bench_options *options);

#endif

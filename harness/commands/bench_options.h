/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line of `speedup bench`. */
#ifndef HARNESS_COMMANDS_BENCH_OPTIONS_H
#define HARNESS_COMMANDS_BENCH_OPTIONS_H

#include "harness/base/error.h"
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
    bool grain_given;                             /* --grain */
    bool both_locks;                              /* --lock both */
    int blas_threads[BLAS_THREAD_COUNTS_AT_MOST]; /* --blas-threads; none where the filter has none
                                                   */
    int blas_thread_count;
    struct hosts hosts;
    bool skip_missing; /* pass over strategies that can not run here */
    const char *section;
    long images, seed, rounds;
    size_t ny, nx;
    double budget_s, limit_s;
    double effort_h; /* hours of programming, for the report */
    bool wide;       /* print all rows and columns */
    const char *directory;
    char **files; /* FITS files instead of fake images; points into argv */
    int file_count;
};

extern const char bench_help[];

/* --budget where neither it nor --rounds is given, seconds. */
enum { BUDGET_DEFAULT = 60 };

/* Fills in the defaults (the sweep of workers from the topology) and reads the command line.
 * Nothing to free. 0, or -1 with *error set when it is wrong. */
int bench_options_read(struct bench_options *options, int argc, char **argv,
                       const struct topology *topology, struct error *error);

/* What comes after the last word was read, and part of the above: looks for options that do not go
 * together, and chooses what was not given. 0, or -1 with *error set. */
int bench_options_settle(struct bench_options *options, const struct topology *topology,
                         struct error *error);

#endif

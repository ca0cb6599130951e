/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an experiment finds out, as data: runs, summaries of configurations, and all of a benchmark.
 *
 * The experiment makes these structs, harness/results/ writes them to files and reads them back, and
 * tables, findings and graphs are made from them, never from a file's text:
 *
 *     experiment -> struct result_set -> files,   files -> struct result_set -> reports
 *
 * So there is no difference between a result that was just measured and one that was read. A number
 * that is not known or not defined is NaN, times are seconds, memory is KiB. */
#ifndef HARNESS_MEASURE_SUMMARY_H
#define HARNESS_MEASURE_SUMMARY_H

#include <stddef.h>

#include "harness/machine/machine.h"
#include "harness/measure/config.h"
#include "harness/measure/judge/losses.h"
#include "harness/measure/judge/verdict.h"
#include "harness/measure/statistics.h"

/* A configuration and the work that it was given; what its runs and its summary have in common. */
struct setup {
    struct config config;
    size_t ny, nx; /* of the input frames; 0 where they are of several sizes */
    int images, tasks;
    double latency_s; /* how long a task waits for its answer; NaN for filters that do not wait */
};

/* One run. Where it did not come to its end nothing was measured: all figures are NaN. */
struct run_record {
    struct setup setup;
    int round;        /* from 1 */
    int blas_threads; /* in effect; 0: not known, or none */
    double start_s, wall_s, stop_s, user_s, sys_s;
    double max_rss_kib; /* of the largest process of the run */
    double minor_faults, major_faults, voluntary_switches, involuntary_switches;
    enum run_status status;
    double gflops; /* NaN for filters whose operations are not counted */
};

/* When a task ran, and who ran it; times since the run began. */
struct task_time {
    int worker;
    double start_s, end_s;
    double cpu_s;          /* of its thread meanwhile; NaN: not known */
    double queue_s;        /* that its thread was ready and had no core; NaN: not known */
    double queue_before_s; /* the same since the end of its task before; not in trace.csv */
};

/* All good runs of one configuration together. */
struct summary {
    struct setup setup;
    int rounds;                 /* runs that were measured and right */
    int outliers;               /* of these, whose wall times stand out; they are kept */
    int blas_threads;           /* in effect; 0: not known, or none */
    double t0_s;                /* one image on one core; NaN where images are of several sizes */
    double t0_low_s, t0_high_s; /* its 95 % confidence interval */
    struct estimate wall_s, speedup;
    double activity_speedup, ceiling, efficiency, karp_flatt, cpu_utilisation;
    double machine_ceiling; /* what the machine allows, too: kinds of cores, threads, a quota */
    double max_rss_kib;     /* of all processes together, where it could be watched (sampler.h);
                               elsewhere of the largest process, as in a run */
    enum run_status status;
    double gflops;           /* of the median run; NaN as above */
    struct task_time *trace; /* setup.tasks of the median run; NULL: none was good, or (after
                                reading summary.csv) not asked for. Owned by the result_set */

    /* Its good runs, one a round: `rounds` of them, owned by the result_set. NULL: not known. Of a
     * result that was read from files they have wall and CPU times only. */
    struct verdict_run *runs;

    /* The second runs of the same rounds, owned as `runs`. NULL: it was not measured twice, or the
     * result was read from files. */
    struct verdict_run *again;

    /* What is missing to linear, and the standard errors of that; NaN where they are not known. */
    struct losses losses, losses_error;
};

/* A whole benchmark. */
struct result_set {
    struct machine_facts machine;
    struct summary *summaries; /* `count`, the serial one first; owned */
    size_t count;

    int rounds; /* whole ones; 0: not known */
};

/* Room for `count` summaries in which nothing is known: all numbers that can be NaN are, all others
 * are 0. set->machine is left alone. 0, or -1 with *error set and nothing to free. */
int result_set_create(struct result_set *set, size_t count, struct error *error);

/* Frees the summaries; legal on a struct of zeros. */
void result_set_destroy(struct result_set *set);

/* How many configurations are not all right. */
int result_set_failures(const struct result_set *set);

/* The one with the highest speedup of those that are right, but for the first, the serial one: that
 * is not faster than itself. Where no other is right it is the serial one; NULL where none is. */
const struct summary *result_set_best(const struct result_set *set);

/* The right one of this strategy on so many workers; NULL where there is none. */
const struct summary *result_set_find(const struct result_set *set, const char *strategy,
                                      int workers);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of a result directory that hold measurements: runs.csv, summary.csv, trace.csv. Their
 * columns are a contract with other people's scripts: add at the end, rename and drop none. */
#ifndef HARNESS_RESULTS_RESULTS_H
#define HARNESS_RESULTS_RESULTS_H

#include <stdio.h>

#include "harness/base/error.h"
#include "harness/base/output.h"
#include "harness/machine/topology.h"
#include "harness/measure/config.h"
#include "harness/measure/run/workload.h"
#include "harness/measure/statistics.h"

/* What all rows of one configuration share. */
struct row_key {
    struct config config;
    size_t ny, nx; /* of the input frames; 0 where they are of several sizes (an empty field) */
    int tasks;
    double operations; /* floating-point operations of all tasks; NaN where they are not counted */
};

/* One row of summary.csv beside its key; NaN is an empty field. */
struct summary {
    struct row_key key;
    enum run_status status;
    int rounds;       /* runs that were measured and right */
    int blas_threads; /* in effect */
    double t0_s;      /* one image on one core */
    struct estimate wall_s, speedup;
    double activity_speedup, ceiling, efficiency, karp_flatt, cpu_utilisation;
    long max_rss_kib; /* of all processes together, where it could be watched (sampler.h); elsewhere
                         of the largest process, as in runs.csv */
};

struct results {
    const char *directory;
    const struct topology *topology;
    FILE *runs;                   /* grows row by row */
    struct output summary, trace; /* appear when the benchmark is done */
};

/* Opens the three files in an existing directory; those of an earlier benchmark are replaced,
 * runs.csv at once, the others by results_commit(). The strings and the topology must outlive the
 * results. 0, or -1 with *error set. */
int results_open(struct results *results, const char *directory, const struct topology *topology,
                 struct error *error);

/* Appends a row to runs.csv and sees that it is on its way to the disk: a benchmark that is killed
 * keeps what it has. 0, or -1 with *error set. */
int results_add_run(struct results *results, const struct row_key *key, int round,
                    const struct run_result *result, struct error *error);

void results_add_summary(struct results *results, const struct summary *summary);

/* Appends the tasks of one run; `stamps` has key->tasks of them, `began_s` is when the run began.
 */
void results_add_trace(struct results *results, const struct row_key *key,
                       const struct stamp *stamps, double began_s);

/* Puts summary.csv and trace.csv into their places and closes everything. 0, or -1 with *error. */
int results_commit(struct results *results, struct error *error);

/* Closes everything; runs.csv stays, the others are as they were before. */
void results_discard(struct results *results);

#endif

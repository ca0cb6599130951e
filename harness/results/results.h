/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of a result directory that hold measurements: runs.csv, summary.csv, trace.csv and
 * resources.csv. Their columns are a contract with other people's scripts: add at the end, rename
 * and drop none. */
#ifndef HARNESS_RESULTS_RESULTS_H
#define HARNESS_RESULTS_RESULTS_H

#include <stdbool.h>
#include <stdio.h>

#include "harness/base/error.h"
#include "harness/base/output.h"
#include "harness/machine/sampler.h"
#include "harness/measure/summary.h"

/* The files of a benchmark that goes on. */
struct results {
    const char *directory;
    const struct machine_facts *machine;
    FILE *runs;              /* grows row by row */
    struct output resources; /* appears when the benchmark is done */
    bool has_resources;      /* something was watched, so it is open */
};

/* Begins the files in an existing directory: runs.csv of an earlier benchmark is replaced and its
 * resources.csv removed. The directory's name and the machine must outlive the results. 0, or -1
 * with *error set. */
int results_open(struct results *results, const char *directory,
                 const struct machine_facts *machine, struct error *error);

/* Appends a row to runs.csv and sees that it is on its way to the disk: a benchmark that is killed
 * keeps what it has. 0, or -1 with *error set. */
int results_add_run(struct results *results, const struct run_record *run, struct error *error);

/* Appends the readings of one watched run, for resources.csv. 0, or -1 with *error set. */
int results_add_readings(struct results *results, const struct config *config,
                         const struct sampler *sampler, struct error *error);

/* Writes summary.csv and trace.csv, puts resources.csv into its place, and closes everything. 0, or
 * -1 with *error set. */
int results_commit(struct results *results, const struct result_set *set, struct error *error);

/* Closes everything; runs.csv stays, and the summary and the trace are as they were before. */
void results_discard(struct results *results);

#endif

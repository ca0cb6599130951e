/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of a result directory that hold measurements. runs.csv and resources.csv grow while a
 * benchmark goes on; summary.csv, trace.csv, losses.csv, again.csv and speedup.json are written at
 * its end. columns.h has their columns. */
#ifndef HARNESS_RESULTS_RESULTS_H
#define HARNESS_RESULTS_RESULTS_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

#include "harness/base/error.h"
#include "harness/base/output.h"
#include "harness/machine/sampler.h"
#include "harness/measure/summary.h"
#include "harness/results/columns.h"

/* The files of a benchmark that goes on. */
struct results {
    const char *directory;
    const struct machine_facts *machine;
    FILE *runs;              /* runs.csv, which grows row by row */
    off_t whole;             /* bytes of it that are whole rows; 0: not even the header is */
    struct output resources; /* resources.csv, which appears when the benchmark is done */
    bool has_resources;      /* a run was watched, so it is open */
};

/* Begins the files in an existing directory: runs.csv of an earlier benchmark is replaced and its
 * resources.csv removed. The directory's name and the machine must outlive the results. 0, or -1
 * with *error set. */
int results_open(struct results *results, const char *directory,
                 const struct machine_facts *machine, struct error *error);

/* Goes on with the files of a benchmark that was interrupted after `rounds` whole rounds. Rows of
 * later rounds and a line that was half-written are dropped from runs.csv, which standard error is
 * told. 0, or -1 with *error set. */
int results_reopen(struct results *results, const char *directory,
                   const struct machine_facts *machine, int rounds, struct error *error);

/* Appends a row to runs.csv and sees that it is on its way to the disk: a benchmark that is killed
 * keeps what it has. 0, or -1 with *error set. */
int results_add_run(struct results *results, const struct run_record *run, struct error *error);

/* Appends the readings of one watched run, for resources.csv. 0, or -1 with *error set. */
int results_add_readings(struct results *results, const struct config *config,
                         const struct sampler *sampler, struct error *error);

/* Writes summary.csv, trace.csv, losses.csv, speedup.json (json.h) and, where something was
 * measured twice, again.csv; puts resources.csv into its place. Closes everything, whatever it
 * returns. 0, or -1 with *error set. */
int results_commit(struct results *results, const struct result_set *set, struct error *error);

/* Writes DIRECTORY/summary.csv alone, which results_commit() does with all the others. 0, or -1
 * with *error set. */
int results_write_summary(const char *directory, const struct machine_facts *machine,
                          const struct result_set *set, struct error *error);

/* Closes everything. Whole rows of runs.csv stay; the files that are written at the end are as they
 * were before. */
void results_discard(struct results *results);

/* Reads DIRECTORY/summary.csv and, where they are there, machine.txt and losses.csv into *set,
 * which the caller destroys. Traces are not read; they are NULL. 0, or -1 with *error set and
 * nothing to destroy: there is no summary.csv (where runs.csv is there, the error says that the
 * benchmark was interrupted), it has no row, something in it is not what it should be (rows.h), or
 * files of several benchmarks lie there (identity.h). */
int results_read(const char *directory, struct result_set *set, struct error *error);

/* The same for one file like summary.csv, wherever it is; nothing beside it is looked at. */
int results_read_summary(const char *path, struct result_set *set, struct error *error);

/* Gives the summaries of *set, which was read from DIRECTORY, their runs from runs.csv, so that
 * rounds can be compared in pairs. Without that file, and with more than 1000 configurations,
 * nothing is changed. 0, or -1 with *error set. */
int results_read_pairs(const char *directory, struct result_set *set, struct error *error);

/* Read DIRECTORY/runs.csv or trace.csv: *runs or *trace becomes a new array of *count rows, to be
 * freed. 0, or -1 with *error set. */
int results_read_runs(const char *directory, struct run_record **runs, size_t *count,
                      struct error *error);
int results_read_trace(const char *directory, struct trace_row **trace, size_t *count,
                       struct error *error);

#endif

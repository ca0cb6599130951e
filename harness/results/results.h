/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of a result directory that hold measurements: runs.csv, summary.csv, trace.csv and
 * resources.csv, written while a benchmark goes on, and read back. columns.h has their columns. */
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
    FILE *runs;              /* grows row by row */
    off_t whole;             /* bytes of it that are whole rows */
    struct output resources; /* appears when the benchmark is done */
    bool has_resources;      /* something was watched, so it is open */
};

/* Begins the files in an existing directory: runs.csv of an earlier benchmark is replaced and its
 * resources.csv removed. The directory's name and the machine must outlive the results. 0, or -1
 * with *error set. */
int results_open(struct results *results, const char *directory,
                 const struct machine_facts *machine, struct error *error);

/* Goes on with those of a benchmark that was interrupted: what runs.csv has of later rounds than the
 * first `rounds`, and a line that was half-written, go, and it is said on standard error. 0, or -1 with
 * *error set. */
int results_reopen(struct results *results, const char *directory,
                   const struct machine_facts *machine, int rounds, struct error *error);

/* Appends a row to runs.csv and sees that it is on its way to the disk: a benchmark that is killed
 * keeps what it has. 0, or -1 with *error set. */
int results_add_run(struct results *results, const struct run_record *run, struct error *error);

/* Appends the readings of one watched run, for resources.csv. 0, or -1 with *error set. */
int results_add_readings(struct results *results, const struct config *config,
                         const struct sampler *sampler, struct error *error);

/* Writes summary.csv, trace.csv, losses.csv and speedup.json (json.h), puts resources.csv into its
 * place, and closes everything. 0, or -1 with *error set. */
int results_commit(struct results *results, const struct result_set *set, struct error *error);

/* Writes DIRECTORY/summary.csv alone; results_commit() does it with all the others. 0, or -1 with *error
 * set. */
int results_write_summary(const char *directory, const struct machine_facts *machine,
                          const struct result_set *set, struct error *error);

/* Closes everything; the rows of runs.csv that are whole stay, and the summary and the trace are as they were before. */
void results_discard(struct results *results);

/* Reads DIRECTORY/summary.csv, and machine.txt and losses.csv where there are such, into *set, which the caller
 * destroys. The traces are not read: they are NULL. 0, or -1 with *error set and nothing to
 * destroy: there is no such file, it has no row, or something in it is not what it should be
 * (rows.h), or files of several benchmarks lie there (identity.h). Where runs.csv is there without it, the error says that the benchmark was interrupted. */
int results_read(const char *directory, struct result_set *set, struct error *error);

/* The same for a file like summary.csv, wherever it is, alone. */
int results_read_summary(const char *path, struct result_set *set, struct error *error);

/* Gives the rows of *set, which was read from DIRECTORY, their runs as far as runs.csv tells of them, so
 * that rounds can be compared in pairs. Without that file, and of very many rows, all stays as it is.
 * 0, or -1 with *error set. */
int results_read_pairs(const char *directory, struct result_set *set, struct error *error);

/* Read DIRECTORY/runs.csv and trace.csv: a new array of *count rows, to be freed. 0, or -1 with
 * *error set. */
int results_read_runs(const char *directory, struct run_record **runs, size_t *count,
                      struct error *error);
int results_read_trace(const char *directory, struct trace_row **trace, size_t *count,
                       struct error *error);

#endif

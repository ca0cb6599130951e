/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place that knows the columns of our files: their names, what they hold, and in which
 * member of which struct that is in memory. These tables drive writing, reading and the page of
 * `speedup columns`, so a new column is one line in one table. Add it at the end: names and order
 * are a contract with other people's scripts. */
#ifndef HARNESS_RESULTS_COLUMNS_H
#define HARNESS_RESULTS_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/machine/sampler.h"
#include "harness/measure/forecast/bet.h"
#include "harness/measure/summary.h"

enum { COLUMNS_SCHEMA = 1 }; /* what the column `schema` says */

/* The largest number of workers that a file may have: graphs take memory for each. */
enum { COLUMN_WORKERS_MOST = 65536 };

/* The type of the member, and what its field may be. */
enum column_kind {
    COLUMN_SCHEMA,  /* no member */
    COLUMN_INTEGER, /* int, from 0 or `least` to `most` or 1e9 */
    COLUMN_LONG,    /* long, the same */
    COLUMN_SIZE,    /* size_t, the same */
    COLUMN_COUNT,   /* double that holds a whole number; NaN is an empty field */
    COLUMN_NUMBER,  /* double, written with 9 digits, finite; NaN is an empty field */
    COLUMN_NAME,    /* char[]: printable ASCII without blanks, at least one byte */
    COLUMN_TEXT,    /* char[]: printable UTF-8, also empty */
    COLUMN_WORD,    /* enum: one of `words` */
};

struct column {
    const char *name;
    enum column_kind kind;
    size_t offset, size; /* of the member */
    const char *unit;    /* "" where there is none */
    const char *meaning; /* one line */

    const char *const *words; /* of COLUMN_WORD: by number, ended by NULL */
    int least, most;          /* of whole numbers; most 0: 1e9 */
    bool zero_is_empty;       /* 0 means: not known, or it does not apply; an empty field */
    bool
        of_machine; /* a member of struct machine_facts, the same in every row; else of the row's */
    bool later;     /* files of an earlier version lack it; then it is as if empty */
};

struct column_file {
    const char *name; /* of the file */
    const char *rows; /* what a row of it is */
    const struct column *columns;
    size_t count;
    size_t row_size; /* of the struct that holds a row */
};

/* Rows of the files for which the experiment has no struct of its own. */
struct trace_row {
    char filter[NAME_MAX_LENGTH], strategy[NAME_MAX_LENGTH];
    int workers, blas_asked;
    enum lock_mode lock;
    int task;
    struct task_time time;
};

struct resources_row {
    char filter[NAME_MAX_LENGTH], strategy[NAME_MAX_LENGTH];
    int workers, blas_asked;
    enum lock_mode lock;
    struct reading reading;
};

/* A configuration that was measured twice in a round. */
struct again_row {
    struct config config;
    int round;
    double wall_s, again_s;
};

struct compare_row {
    struct summary summary; /* of one result */
    int line;
    char result[512]; /* its name */
};

/* Where meanings begin in the list of columns. */
enum { COLUMNS_TEXT = 33 };

extern const struct column_file summary_file;  /* rows are struct summary */
extern const struct column_file runs_file;     /* struct run_record */
extern const struct column_file losses_file;   /* struct summary */
extern const struct column_file forecast_file; /* struct forecast_row */
extern const struct column_file trace_file, resources_file, again_file, compare_file;

/* All of them, ended by NULL. */
extern const struct column_file *const column_files[];

/* Prints every column of every file with its unit and its meaning. */
void columns_print(FILE *stream);

#endif

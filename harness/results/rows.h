/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of our CSV files, between structs and text, as the tables of columns have it. */
#ifndef HARNESS_RESULTS_ROWS_H
#define HARNESS_RESULTS_ROWS_H

#include <stdio.h>

#include "harness/base/error.h"
#include "harness/results/columns.h"

/* The line with the names of the columns. */
void rows_put_header(FILE *stream, const struct column_file *file);

/* One row: a struct as the file's table says. Without a machine (NULL) its columns are empty or 0.
 * Errors are the stream's. */
void rows_put(FILE *stream, const struct column_file *file, const struct machine_facts *machine,
              const void *row);

/* Reads a whole file; *rows becomes a new array of *count structs, to be freed, and the columns of
 * the machine go into *machine (NULL: nowhere). Columns may be in any order; those that the table
 * does not have are ignored, later ones may be missing. Members without a column are 0.
 *
 * 0, or -1 with *error naming the file, the line and the column: a column of the first version is
 * missing, a field is not what it should be, or the rows are of several machines. */
int rows_read(const struct column_file *file, const char *path, struct machine_facts *machine,
              void **rows, size_t *count, struct error *error);

#endif

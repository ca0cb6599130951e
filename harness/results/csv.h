/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV files as text: comma separated, a header line, no field that needs quotes. What the fields mean
 * is for rows.h. */
#ifndef HARNESS_RESULTS_CSV_H
#define HARNESS_RESULTS_CSV_H

#include <stddef.h>
#include <stdio.h>

#include "harness/base/error.h"

/* A whole file in memory. */
struct csv_table {
    char *text;          /* the file; the fields point into it */
    const char **fields; /* (1 + rows) * columns; the first `columns` are the header */
    size_t columns, rows;
};

/* Reads a file. 0, or -1 with *error naming the file (and the line, if one has the wrong number of
 * fields). */
int csv_read(struct csv_table *table, const char *path, struct error *error);
void csv_free(struct csv_table *table);

/* Of one line that was read alone: where the field of this number begins, from 0 (NULL: there are not so
 * many); how long a field is; and the number of the field that is `name` (-1: none is). */
const char *csv_field(const char *line, int number);
size_t csv_field_length(const char *field);
int csv_field_number(const char *line, const char *name);

/* For tests, which look at a file as other people's scripts do; the program has no need for it. The
 * field of row `row` (from 0) under this column name; "" where there is no such column. */
const char *csv_text(const struct csv_table *table, size_t row, const char *column);

/* The same as a number; NaN where it is empty or none. */
double csv_number(const struct csv_table *table, size_t row, const char *column);

#endif

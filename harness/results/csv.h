/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV files: comma separated, a header line, no field that needs quotes.
 *
 * Writing: one call a field, in the order of the header; commas, quotes and line ends in texts
 * become spaces, and an undefined number (NaN) becomes an empty field. Reading: by column name, so
 * that columns that later versions add are no trouble. */
#ifndef HARNESS_RESULTS_CSV_H
#define HARNESS_RESULTS_CSV_H

#include <stddef.h>
#include <stdio.h>

#include "harness/base/error.h"

enum { CSV_SCHEMA = 1 }; /* first field of every row */

/* A row being written. Start with {stream, 0}. */
struct csv_row {
    FILE *stream;
    int fields;
};

void csv_put_text(struct csv_row *row, const char *text);
void csv_put_integer(struct csv_row *row, long value);
void csv_put_number(struct csv_row *row, double value); /* 9 digits; empty for NaN */
void csv_end_row(struct csv_row *row);                  /* ends the line; ready for the next row */

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

/* The field of row `row` (from 0) under this column name; "" where there is no such column. */
const char *csv_text(const struct csv_table *table, size_t row, const char *column);

/* The same as a number; NaN where it is empty or none. */
double csv_number(const struct csv_table *table, size_t row, const char *column);

#endif

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

/* A file that is read line by line: of a long one, no more than that is in memory. */
struct csv_lines {
    FILE *file;
    const char *path;
    char *text; /* of the line; the fields point into it */
    size_t room;
    char **fields;
    size_t columns, number; /* fields of every line; of the line, from 1 */
};

/* Opens a file and reads its header. 0, or -1 with *error naming the file and nothing to close. */
int csv_open(struct csv_lines *lines, const char *path, struct error *error);

/* Reads the next line, whose fields are good until the one after it is read. 1, 0 where there is none, or
 * -1 with *error naming the file (and the line, if it has the wrong number of fields). */
int csv_next(struct csv_lines *lines, struct error *error);
void csv_close(struct csv_lines *lines);

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

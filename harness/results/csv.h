/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CSV files as text: comma separated, a header line, no field that needs quotes. rows.h knows what
 * the fields mean. */
#ifndef HARNESS_RESULTS_CSV_H
#define HARNESS_RESULTS_CSV_H

#include <stddef.h>
#include <stdio.h>

#include "harness/base/error.h"

/* A file that is read line by line, so that of a long one no more than a line is in memory. */
struct csv_lines {
    FILE *file;
    const char *path;
    char *text;     /* the line that was read last; the fields point into it */
    size_t room;    /* bytes at `text` */
    char **fields;  /* `columns` of them; after csv_open() those of the header */
    size_t columns; /* fields of every line */
    size_t number;  /* of that line, from 1 */
};

/* Opens a file and reads its header. `path` must outlive the lines. 0, or -1 with *error naming the
 * file and nothing to close. */
int csv_open(struct csv_lines *lines, const char *path, struct error *error);

/* Reads the next line into lines->fields, which are good until the one after it is read. 1, or 0
 * where there is none, or -1 with *error naming the file (and the line, if it has the wrong number
 * of fields). */
int csv_next(struct csv_lines *lines, struct error *error);

/* Legal on a struct of zeros, and again. */
void csv_close(struct csv_lines *lines);

/* For a line that somebody has read otherwise: where field `number` (from 0) begins, NULL where
 * there are not so many; how many bytes a field has; and the number of the field that is `name`, -1
 * where none is. */
const char *csv_field(const char *line, int number);
size_t csv_field_length(const char *field);
int csv_field_number(const char *line, const char *name);

#endif

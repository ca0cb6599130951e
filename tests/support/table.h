/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the CSV files that the program writes, as anybody's script would: not with the program's own
 * code, which is what is tested. A column or a row that is missing fails the calling test. */
#ifndef TESTS_SUPPORT_TABLE_H
#define TESTS_SUPPORT_TABLE_H

#include <stddef.h>

struct table {
    const char *path;
    char *text;    /* the fields point into it */
    char **fields; /* (1 + rows) * columns, the header first */
    size_t columns, rows;
};

/* The file at `path`, which must outlive the table; to be freed. Every row must have as many fields
 * as the header. */
struct table table_load(const char *path);
void table_free(struct table *table);

/* The field of row `row` (from 0) in the column of this name. */
const char *table_field(const struct table *table, size_t row, const char *column);

/* The same as a number; NaN where it is empty. Anything else fails the test. */
double table_value(const struct table *table, size_t row, const char *column);

/* The first row of this strategy with so many workers. */
size_t table_find(const struct table *table, const char *strategy, int workers);

#endif

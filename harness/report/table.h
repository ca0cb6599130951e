/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result as a table, from summary.csv. */
#ifndef HARNESS_REPORT_TABLE_H
#define HARNESS_REPORT_TABLE_H

#include <stdio.h>

#include "harness/results/csv.h"

/* Reads DIRECTORY/summary.csv; free it with csv_free(). 0, or -1 with *error set: there is none, or
 * it has no row. Where runs.csv is there, the error says that the benchmark was interrupted. */
int table_read(struct csv_table *summary, const char *directory, struct error *error);

enum { TABLE_COLUMNS = 11, TABLE_CELL_LENGTH = 96 };
extern const char *const table_headings[TABLE_COLUMNS];

/* How many of the columns this table needs: GFLOP/s, the last, is for filters that count them. */
int table_width(const struct csv_table *summary);

/* The cells of one row, as text; "-" where there is nothing. */
void table_cells(const struct csv_table *summary, size_t row,
                 char cells[TABLE_COLUMNS][TABLE_CELL_LENGTH]);

/* Prints one line a configuration: wall time, speedup and its share of the ceiling, each with its
 * confidence interval where there is one. */
void table_print(const struct csv_table *summary, FILE *stream);

/* config_label() and config_word() of a row of any of our CSV files. */
void table_label(const struct csv_table *table, size_t row, char *label, size_t size);
void table_word(const struct csv_table *table, size_t row, char *word, size_t size);

/* Row of the highest speedup of those that are right; -1 where there is none. */
long table_best(const struct csv_table *summary);

/* The closing line, ready to post: best speedup, strategy, workers, cores, and the speedup as the
 * activity defines it. */
void table_print_best(const struct csv_table *summary, FILE *stream);

/* What was computed, for titles: "highpass, 25 images of 1000x1000". The summary has a row. */
void table_subject(const struct csv_table *summary, char *text, size_t size);

/* How many images were filtered in each run; 0 where the summary does not tell. */
int table_images(const struct csv_table *summary);

#endif

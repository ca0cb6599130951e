/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result as a table. */
#ifndef HARNESS_REPORT_TABLE_H
#define HARNESS_REPORT_TABLE_H

#include <stdio.h>

#include "harness/measure/summary.h"

enum { TABLE_COLUMNS = 11, TABLE_CELL_LENGTH = 96, LABEL_LENGTH = 2 * NAME_MAX_LENGTH }; /* bytes */
extern const char *const table_headings[TABLE_COLUMNS];

/* How many of the columns this table needs: GFLOP/s, the last, is for filters that count them. */
int table_width(const struct result_set *set);

/* The cells of one row, as text; "-" where there is nothing. */
void table_cells(const struct summary *summary, char cells[TABLE_COLUMNS][TABLE_CELL_LENGTH]);

/* Prints a heading and a line for each configuration, with all columns. */
void table_print(const struct result_set *set, FILE *stream);

/* config_label() of a configuration, in LABEL_LENGTH bytes. */
void table_label(const struct summary *summary, char label[LABEL_LENGTH]);

/* Prints the closing lines of a benchmark: the verdict and, where that is fit to post, the best
 * speedup with strategy, workers and cores, and the speedup as the activity defines it. */
void table_print_best(const struct result_set *set, FILE *stream);

/* What was computed, for titles: "highpass, 25 images of 1000x1000". The set has a summary. */
void table_subject(const struct result_set *set, char *text, size_t size);

#endif

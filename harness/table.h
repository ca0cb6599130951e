/* The result as a table on the terminal, from summary.csv. */
#ifndef HARNESS_TABLE_H
#define HARNESS_TABLE_H

#include <stdio.h>

#include "harness/csv.h"

/* Prints one line a configuration: wall time, speedup and its share of the ceiling, each with its
 * confidence interval where there is one. */
void table_print(const struct csv_table *summary, FILE *stream);

/* Row of the highest speedup of those that are right; -1 where there is none. */
long table_best(const struct csv_table *summary);

/* The closing line, ready to post: best speedup, strategy, workers, cores, and the speedup as the
 * activity defines it. */
void table_print_best(const struct csv_table *summary, FILE *stream);

/* How many images were filtered in each run; 0 where the summary does not tell. */
int table_images(const struct csv_table *summary);

#endif

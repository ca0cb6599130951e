/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The four corners: parallelism of our own off and on x threads of the BLAS library off and on, all
 * on the same work, from summary.csv.
 *
 *                       BLAS threads off     BLAS threads on
 *     own workers off   serial               blas
 *     own workers on    pool (or another)    pool+blasN: two layers
 */
#ifndef HARNESS_REPORT_CORNERS_H
#define HARNESS_REPORT_CORNERS_H

#include <stdbool.h>
#include <stdio.h>

#include "harness/report/findings.h"
#include "harness/results/csv.h"

struct corners {
    const char *strategy; /* of our own workers; points into the table */
    int workers;          /* of it */
    int blas_threads;     /* where they are on */
    size_t row[2][2];     /* [own workers on][BLAS threads on], rows of the table */
};

/* Finds them: of the strategies that were run both ways the one that was fastest with BLAS threads
 * off, on the most workers that are not more than the cores. False where a corner is missing. */
bool corners_find(const struct csv_table *summary, struct corners *corners);

/* The table's headings and its two rows: what it is, and two cells of wall time and speedup with
 * their intervals. Each text has room for FINDING_LENGTH bytes. */
enum { CORNER_COLUMNS = 3 };
void corners_cells(const struct csv_table *summary, const struct corners *corners,
                   char cells[3][CORNER_COLUMNS][FINDING_LENGTH]);

/* What it means, and what to do. */
void corners_text(const struct csv_table *summary, const struct corners *corners,
                  char text[FINDING_LENGTH]);

/* All of that on the terminal. */
void corners_print(const struct csv_table *summary, const struct corners *corners, FILE *stream);

#endif

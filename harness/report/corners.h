/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The four corners: parallelism of our own off and on x threads of the BLAS library off and on, all
 * on the same work.
 *
 *                       BLAS threads off     BLAS threads on
 *     own workers off   serial               blas
 *     own workers on    pool (or another)    pool+blasN: two layers
 */
#ifndef HARNESS_REPORT_CORNERS_H
#define HARNESS_REPORT_CORNERS_H

#include <stdbool.h>
#include <stdio.h>

#include "harness/measure/summary.h"
#include "harness/report/findings.h"

/* [own workers on][BLAS threads on]; the summaries are the set's. */
struct corners {
    const struct summary *at[2][2];
};

/* Finds them: of the strategies that were run both ways the one that was fastest with BLAS threads
 * (of a command of the user's own: the threads inside it) off, on the most workers that are not more than the cores. False where a corner is missing. */
bool corners_find(const struct result_set *set, struct corners *corners);

/* The table's headings and its two rows: what it is, and two cells of wall time and speedup with
 * their intervals. Each text has room for FINDING_LENGTH bytes. */
enum { CORNER_COLUMNS = 3 };
void corners_cells(const struct corners *corners, char cells[3][CORNER_COLUMNS][FINDING_LENGTH]);

/* What it means, and what to do. */
void corners_text(const struct corners *corners, const struct result_set *set,
                  char text[FINDING_LENGTH]);

/* The same in less than a line. */
void corners_short_text(const struct corners *corners, char text[FINDING_LENGTH]);

/* All of that on the terminal. */
void corners_print(const struct corners *corners, const struct result_set *set, FILE *stream);

#endif

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

/* Finds them. Of the strategies that were run both ways it takes the one that was fastest with BLAS
 * threads off (for a command of the user's own: the threads inside it), on the most workers that
 * still have a core each. False where a corner is missing. */
bool corners_find(const struct result_set *set, struct corners *corners);

/* The table: a row of headings, then one without and one with workers of our own. In each the first
 * cell says what it is, the other two have wall time and speedup with their intervals. */
enum { CORNER_COLUMNS = 3 };
void corners_cells(const struct corners *corners, char cells[3][CORNER_COLUMNS][FINDING_LENGTH]);

/* What it means, and what to do, in sentences. */
void corners_text(const struct corners *corners, const struct result_set *set,
                  char text[FINDING_LENGTH]);

/* The same in less than a line. */
void corners_short_text(const struct corners *corners, char text[FINDING_LENGTH]);

/* All of that on the terminal. */
void corners_print(const struct corners *corners, const struct result_set *set, FILE *stream);

#endif

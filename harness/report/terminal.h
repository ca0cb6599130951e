/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result as a terminal shows it: five columns in 80, and no more lines than are read. */
#ifndef HARNESS_REPORT_TERMINAL_H
#define HARNESS_REPORT_TERMINAL_H

#include <stdbool.h>
#include <stdio.h>

#include "harness/measure/summary.h"

enum { TERMINAL_COLUMNS = 79 }; /* some terminals wrap when the 80th is written to */

/* Prints the serial strategy, then each other one on the number of workers where it was fastest;
 * the fastest comes first and has an asterisk. Strategies on as many workers share a line where
 * they cannot be told from the fastest of them (pairs.h; where the runs are not known: their
 * intervals overlap). What is not right always comes last, with its status in place of figures.
 * Prints at most `lines_at_most` lines (at least 3), and the heading where it is wanted; the
 * slowest are left out for that, which is said. Returns how many lines it printed. */
int terminal_print_table(const struct result_set *set, bool heading, int lines_at_most,
                         FILE *stream);

/* Prints a heading and every configuration in the set's order; the best is marked. */
void terminal_print_rows(const struct result_set *set, FILE *stream);

/* Prints a text in lines of at most TERMINAL_COLUMNS columns, broken at blanks, and returns how many. */
int terminal_print_text(const char *text, FILE *stream);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `speedup compare` shows of a class: a table, a file for programs, a page. `me` is the machine
 * to be pointed out, or NULL. */
#ifndef HARNESS_REPORT_CLASS_CLASS_H
#define HARNESS_REPORT_CLASS_CLASS_H

#include <stdio.h>

#include "harness/report/class/ranking.h"

#define CLASS_PAGE "class.html"
#define CLASS_CSV "class.csv"

/* Prints a row for each machine in the ranking and the medians, in at most 80 columns; then the
 * machines that are not in the ranking, and why. */
void class_print(const struct ranking *ranking, const struct entry *me, FILE *stream);

/* Writes DIRECTORY/class.csv: a row for each machine, in the order of the table. No field is one
 * that a spreadsheet would take for a formula. 0, or -1 with *error set. */
int class_write_csv(const struct ranking *ranking, const char *directory, struct error *error);

/* Prints the columns of class.csv: name, unit, meaning. */
void class_csv_explain(FILE *stream);

/* Writes DIRECTORY/class.html: one file with its graphs inside, no scripts. 0, or -1 with *error
 * set. */
int class_write_page(const struct ranking *ranking, const struct roster *roster,
                     const struct entry *me, const char *directory, struct error *error);

#endif

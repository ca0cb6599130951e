/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs that may have spoiled the figures: those that were not right, and those that stand out. */
#ifndef HARNESS_REPORT_BAD_RUNS_H
#define HARNESS_REPORT_BAD_RUNS_H

#include <stdio.h>

#include "harness/measure/summary.h"
#include "harness/report/document/document.h"

/* Names the runs that took much longer, or shorter, than the others of their configuration; ""
 * where there are none, or where the runs are not known (results_read_pairs()). `text` has
 * FINDING_LENGTH bytes (findings.h). */
void bad_runs_text(const struct result_set *set, char *text);

/* The section of the report on both; nothing where there are none. */
void bad_runs_put(const struct result_set *set, const struct document_language *language,
                  FILE *stream);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A result in four figures, and in twelve lines. Where its verdict is not "fit to post", it has no
 * speedup to show. */
#ifndef HARNESS_REPORT_BRIEF_BRIEF_H
#define HARNESS_REPORT_BRIEF_BRIEF_H

#include <stdio.h>

#include "harness/measure/summary.h"
#include "harness/report/document/document.h"

/* t0, tp, speedup, linear or not: boxes for the top of a report. Nothing where nothing was right. */
void brief_boxes(const struct result_set *set, const struct document_language *language,
                 FILE *stream);

/* Twelve lines of Markdown, for a forum or an issue. */
void brief_print(const struct result_set *set, FILE *stream);

#endif

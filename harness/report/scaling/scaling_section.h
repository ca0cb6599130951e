/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Amdahl's law, the metric of Karp and Flatt and the universal scalability law, for the report: folded
 * away, for few need them, and nothing is extrapolated that is not known. */
#ifndef HARNESS_REPORT_SCALING_SCALING_SECTION_H
#define HARNESS_REPORT_SCALING_SCALING_SECTION_H

#include <stdio.h>

#include "harness/measure/scaling/scaling.h"
#include "harness/measure/summary.h"
#include "harness/report/document/document.h"

enum { SCALING_TEXT = 512 };

/* Writes the part of the report: a table of one strategy, the one with the most numbers of workers up
 * to the cores (or a quota), and what the laws say of it. Nothing where there is no such number above
 * 1, or where the measurement is not fit to post. */
void scaling_section_put(const struct result_set *set, const struct document_language *language,
                         FILE *stream);

/* "Amdahl's law fits these 8 points with a serial share of 4.9 % (4.5-5.4 %): ...". No limit is named
 * unless the share is known (scaling_is_known()), and nothing but that where the points contradict
 * the law. */
void scaling_text(enum scaling_law law, const struct scaling_fit *fit, size_t points,
                  char text[SCALING_TEXT]);

/* The serial share that a speedup without counting would need, after Karp and Flatt, in words: "3.9 %
 * (2.7-5.1 %)"; where it may as well be none, "0 to 1.2 %". */
void scaling_share_text(const struct scaling_point *point, const struct estimate *speedup,
                        char text[SCALING_TEXT]);

#endif

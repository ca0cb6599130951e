/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Slower than one after the other, and slower the more workers: why, in one sentence. */
#ifndef HARNESS_REPORT_SCALING_SLOWER_TEXT_H
#define HARNESS_REPORT_SCALING_SLOWER_TEXT_H

#include <stdio.h>

#include "harness/measure/summary.h"
#include "harness/report/document/document.h"

enum { SLOWER_TEXT = 512 };

/* "process-pool is slower than one after the other, and slower still on more workers, because a task
 * takes 2.0 us of work, and then it takes a worker 137 us to get the next one: hand out more at a time
 * (--chunk), or larger tasks." Of `summary`, the row of a strategy on the most workers; "" where it is
 * not slower than the serial run, where its losses are not known, or no cause is half of them. */
void slower_text(const struct result_set *set, const struct summary *summary,
                 char text[SLOWER_TEXT]);

/* Such a sentence a paragraph, for each strategy that has one. */
void slower_put(const struct result_set *set, const struct document_language *language,
                FILE *stream);

#endif

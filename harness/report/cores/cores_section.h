/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kinds of cores, their second threads and a quota allow, in words. */
#ifndef HARNESS_REPORT_CORES_CORES_SECTION_H
#define HARNESS_REPORT_CORES_CORES_SECTION_H

#include <stdbool.h>
#include <stdio.h>

#include "harness/measure/summary.h"
#include "harness/report/document/document.h"

enum { CORES_TEXT = 1024 };

/* "The cores: 8 fast cores and 16 at 55 % of their speed (measured). On 24 workers counting allows
 * 24.00, and these cores 16.80. With all cores busy, each worked at 97 % of the speed that it had
 * alone (measured before, in 0.6 s)." Sentences that have nothing to say are left out; "" where all
 * are. */
void cores_text(const struct result_set *set, char text[CORES_TEXT]);

/* The same as a paragraph, or nothing. */
void cores_put(const struct result_set *set, const struct document_language *language,
               FILE *stream);

/* Whether the machine allows this configuration less than counting does, by more than rounding. */
bool cores_limit(const struct summary *summary);

/* How many cores are of the fast kind, which the first workers get; 0 where all are alike. */
int cores_fast(const struct machine_facts *facts);

#endif

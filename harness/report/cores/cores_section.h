/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the kinds of cores, their second threads and a quota allow, in words. */
#ifndef HARNESS_REPORT_CORES_CORES_SECTION_H
#define HARNESS_REPORT_CORES_CORES_SECTION_H

#include <stdio.h>

#include "harness/measure/summary.h"
#include "harness/report/document/document.h"

enum { CORES_TEXT = 1024 };

/* "The cores: 8 fast cores and 16 at 55 % of their speed (measured). On 24 workers counting allows 24.00,
 * and these cores 16.80. With all cores busy, each worked at 97 % of the speed that it had alone
 * (measured before, in 0.6 s)." What there is nothing to say of is left out; "" where that is all. */
void cores_text(const struct result_set *set, char text[CORES_TEXT]);

/* The same as a paragraph, or nothing. */
void cores_put(const struct result_set *set, const struct document_language *language,
               FILE *stream);

/* How many workers have cores of the fast kind before the slow ones begin; 0 where all are alike. */
int cores_fast(const struct machine_facts *facts);

#endif

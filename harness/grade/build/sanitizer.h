/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading what the sanitizers say. */
#ifndef HARNESS_GRADE_SANITIZER_H
#define HARNESS_GRADE_SANITIZER_H

#include <stdbool.h>

#include "harness/grade/observation.h"

/* Adds a fault to *observation for each report in `text`, the standard error of a program under
 * AddressSanitizer, UndefinedBehaviorSanitizer or ThreadSanitizer. The line is the innermost one in
 * `source`; of a data race the access that holds fewer locks. Reports that do not touch `source`
 * are skipped. */
void sanitizer_read(const char *text, const char *source, struct observation *observation);

/* Whether the sanitizer could not run here at all (it needs address space that this system does not
 * give). */
bool sanitizer_cannot_run(const char *text);

#endif

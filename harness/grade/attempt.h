/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One case of an examination: the probe is run, and what was seen is added to the evidence. */
#ifndef HARNESS_GRADE_ATTEMPT_H
#define HARNESS_GRADE_ATTEMPT_H

#include "harness/grade/examine.h"
#include "harness/grade/plan.h"

struct examiner {
    const struct subject *subject;
    const struct examination *settings;
    struct evidence *evidence;
    char directory[PATH_MAX];
    char program[PATH_MAX]; /* that is tried now */
    enum build build;
    double first_fault_s; /* clock_seconds() at the first fault; 0: none yet */
    bool hangs;           /* in this build */
    bool late_is_tried;   /* with a task that takes longer than anybody sleeps */
};

/* Adds what the reader is to know, and is no fault. */
void attempt_note(struct evidence *evidence, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Runs a case of `strategy` ("graded", "serial" or "pool") and collects its faults. *seen becomes what was
 * seen. 0, or -1 with *error set when it cannot be run. */
int attempt(struct examiner *examiner, const char *strategy, const struct trial *trial,
            struct observation *seen, struct error *error);

#endif

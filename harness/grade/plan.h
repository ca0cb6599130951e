/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The cases that a strategy is tried with. */
#ifndef HARNESS_GRADE_PLAN_H
#define HARNESS_GRADE_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/grade/build/compile.h"
#include "harness/grade/build/subject.h"

/* As in probe/probe.h, enum task_kind. */
enum plan_kind {
    PLAN_EVEN,
    PLAN_UNEVEN,
    PLAN_FAIL,
    PLAN_SLEEP, /* 10 ms each */
    PLAN_RAMP,  /* task i 1 + i ms */
    PLAN_ONE,   /* the first 300 ms, the others 1 ms */
    PLAN_BUSY,
    PLAN_LATE /* the first 2.4 s */
};

enum { PLAN_TIMED_TASKS = 25, PLAN_SLEEP_TASKS = 32, PLAN_RAMP_TASKS = 24 };

/* A case. */
struct trial {
    int tasks, workers;
    int jobs; /* one after the other; the second has half as many tasks, and one */
    enum plan_kind kind;
    unsigned seed; /* of the random pauses */
    bool quick;    /* also in a shortened grading */
};

/* The cases of a build, the ones that find most first. */
const struct trial *plan_trials(enum build build, size_t *count);

/* Why ThreadSanitizer cannot tell races from none in this file; NULL where it can. It knows nothing of
 * fences, of the C11 threads of glibc without our hooks, nor of OpenMP but what probe/openmp_order.c
 * tells it. */
const char *plan_why_no_races(const struct subject *subject, bool hooked);

#endif

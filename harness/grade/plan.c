/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/grade/plan.h"

/* Tasks, workers, jobs, kind, seed, also in a shortened grading. Numbers of tasks that nothing
 * divides evenly, and none; more workers than tasks, and one. The first cases find most of what
 * goes wrong. */
static const struct trial plain[] = {
    {25, 2, 1, PLAN_EVEN, 1, true},
    {25, 1, 1, PLAN_EVEN, 2, true},
    {7, 3, 2, PLAN_EVEN, 3, true},
    {25, 4, 1, PLAN_UNEVEN, 4, true},
    {1009, 3, 1, PLAN_EVEN, 5, true},
    {0, 2, 1, PLAN_EVEN, 6, true},
    {25, 3, 1, PLAN_FAIL, 7, true},
    {1, 4, 1, PLAN_EVEN, 8, true},
    {2, 7, 2, PLAN_EVEN, 9, true},
    {1009, 64, 1, PLAN_EVEN, 10, false},
    {0, 1, 1, PLAN_EVEN, 11, false},
    {0, 64, 1, PLAN_EVEN, 12, false},
    {1, 1, 1, PLAN_EVEN, 13, false},
    {1, 2, 2, PLAN_EVEN, 14, false},
    {1, 64, 1, PLAN_EVEN, 15, false},
    {2, 1, 1, PLAN_EVEN, 16, false},
    {2, 2, 1, PLAN_EVEN, 17, false},
    {2, 4, 1, PLAN_EVEN, 18, false},
    {2, 64, 1, PLAN_EVEN, 19, false},
    {7, 1, 2, PLAN_EVEN, 20, false},
    {7, 2, 1, PLAN_EVEN, 21, false},
    {7, 4, 1, PLAN_EVEN, 22, false},
    {7, 8, 2, PLAN_EVEN, 23, false},
    {7, 64, 1, PLAN_EVEN, 24, false},
    {25, 3, 2, PLAN_EVEN, 25, false},
    {25, 4, 2, PLAN_EVEN, 26, true},
    {25, 7, 1, PLAN_EVEN, 27, false},
    {25, 16, 1, PLAN_EVEN, 28, false},
    {25, 64, 2, PLAN_EVEN, 29, false},
    {1009, 1, 1, PLAN_EVEN, 30, false},
    {1009, 2, 1, PLAN_EVEN, 31, false},
    {1009, 4, 2, PLAN_EVEN, 32, false},
    {1009, 7, 1, PLAN_EVEN, 33, false},
    {1009, 16, 1, PLAN_EVEN, 34, false},
    {25, 2, 2, PLAN_UNEVEN, 35, false},
    {25, 7, 1, PLAN_UNEVEN, 36, false},
    {25, 1, 1, PLAN_FAIL, 37, false},
    {25, 2, 2, PLAN_FAIL, 38, true},
    {25, 4, 1, PLAN_FAIL, 39, false},
    {1009, 8, 1, PLAN_FAIL, 40, false},
    /* The same again with other pauses, for what happens rarely. */
    {7, 2, 1, PLAN_EVEN, 41, true},
    {7, 2, 1, PLAN_EVEN, 42, true},
    {7, 2, 1, PLAN_EVEN, 43, false},
    {7, 3, 1, PLAN_EVEN, 44, true},
    {7, 3, 1, PLAN_EVEN, 45, false},
    {7, 3, 1, PLAN_EVEN, 46, false},
    {7, 4, 1, PLAN_EVEN, 47, false},
    {7, 4, 1, PLAN_EVEN, 48, true},
    {25, 2, 1, PLAN_EVEN, 49, true},
    {25, 2, 1, PLAN_EVEN, 50, false},
    {25, 2, 1, PLAN_EVEN, 51, false},
    {25, 3, 1, PLAN_EVEN, 52, true},
    {25, 3, 1, PLAN_EVEN, 53, false},
    {25, 4, 1, PLAN_EVEN, 54, false},
    {100, 2, 1, PLAN_EVEN, 55, false},
    {100, 3, 1, PLAN_EVEN, 56, false},
    {100, 4, 1, PLAN_EVEN, 57, true},
    {100, 2, 1, PLAN_EVEN, 58, false},
};

static const struct trial sanitized[] = {
    {25, 2, 1, PLAN_EVEN, 1, true},    {25, 4, 2, PLAN_EVEN, 2, true},
    {7, 3, 1, PLAN_UNEVEN, 3, false},  {1009, 3, 1, PLAN_EVEN, 4, false},
    {25, 3, 1, PLAN_FAIL, 5, true},    {0, 2, 1, PLAN_EVEN, 6, true},
    {7, 2, 2, PLAN_EVEN, 7, true},     {2, 7, 1, PLAN_EVEN, 8, false},
    {25, 1, 1, PLAN_EVEN, 9, true},    {25, 2, 1, PLAN_EVEN, 10, false},
    {100, 4, 1, PLAN_EVEN, 11, false}, {100, 2, 1, PLAN_EVEN, 12, false},
};

const struct trial *plan_trials(enum build build, size_t *count)
{
    if (build == BUILD_PLAIN) {
        *count = sizeof plain / sizeof plain[0];
        return plain;
    }
    *count = sizeof sanitized / sizeof sanitized[0];
    return sanitized;
}

const char *plan_why_no_races(const struct subject *subject, bool hooked)
{
    static const char *const threads[] = {"#", "<threads.h>", NULL};
    static const char *const fence[] = {"atomic_thread_fence", NULL};
#ifndef __clang__
    static const char *const strange[][4] = {{"ragma", "omp", "taskloop", NULL},
                                             {"ragma", "omp", "depend", NULL},
                                             {"ragma", "omp", "teams", NULL},
                                             {"ragma", "omp", "target", NULL}};
#endif
    if (!hooked && subject_line(subject, 1, threads) > 0)
        return "threads.h is not known to ThreadSanitizer: races are not looked for";
    if (subject_line(subject, 1, fence) > 0)
        return "fences are not known to ThreadSanitizer: races are not looked for";
#ifndef __clang__ /* its OpenMP tells the sanitizer itself, where libarcher is installed */
    for (size_t i = 0; i < sizeof strange / sizeof strange[0]; i++)
        if (subject_line(subject, 1, strange[i]) > 0)
            return "an OpenMP pragma is used that is not known to ThreadSanitizer: races are not "
                   "looked for";
#endif
    return NULL;
}

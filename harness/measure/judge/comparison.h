/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faster, slower, or alike? Two configurations are compared by the ratios of their wall times in the
 * same round, and the noise floor says what the same configuration measured twice is apart from
 * itself. No clock, no files. */
#ifndef HARNESS_MEASURE_JUDGE_COMPARISON_H
#define HARNESS_MEASURE_JUDGE_COMPARISON_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/measure/statistics.h"

enum comparison_verdict {
    COMPARISON_UNKNOWN, /* too few rounds to say */
    COMPARISON_ALIKE,   /* cannot be told apart */
    COMPARISON_FASTER,  /* the first takes less time than the second */
    COMPARISON_SLOWER
};

struct comparison {
    struct estimate ratio; /* time of the second / time of the first: above 1 the first is faster */
    double chance;         /* p: how often two equal ones would differ so much; before correction */
};

/* Compares paired wall times (sample i of both is of round i), seconds. The chance is that of
 * Student's t for logarithms of the ratios; from 8 rounds on the smallest and the largest are set
 * aside first, as Yuen does it (Biometrika 61(1), 1974), so that one spike hides nothing. NaN with
 * fewer than SAMPLES_FOR_INTERVAL rounds, or no memory. */
struct comparison comparison_of(const double *first_s, const double *second_s, size_t count);

/* The noise floor from one configuration measured twice in every round, as a share (0.03 is 3 %):
 * how far from 1 the interval of the ratio reaches. NaN with fewer than SAMPLES_FOR_INTERVAL. */
double comparison_floor(const double *once_s, const double *again_s, size_t count);

/* Judges `count` comparisons made in one benchmark together: a difference counts where it is larger
 * than `floor` (a share; NaN: no A/A pair was measured, only the chance counts) and where its
 * chance, corrected for their number after Holm (Scand. J. Statist. 6(2), 1979), is below 5 %.
 * verdicts[i] is of comparisons[i]. 0, or -1 when there is no memory. */
int comparison_judge(const struct comparison *comparisons, size_t count, double floor,
                     enum comparison_verdict *verdicts);

/* Which of `count` configurations can be the fastest: alike[i] becomes true for the one with the
 * smallest median time, and for all that cannot be told from it. times_s[i] has `rounds` wall times
 * of configuration i, paired. Since the smallest of many is smallest by luck, too, the chances are
 * corrected for all pairs that might have been compared. Returns the index of the one with the
 * smallest median, -1 where there is none or no memory. */
int comparison_best(const double *const *times_s, size_t count, size_t rounds, double floor,
                    bool *alike);

#endif

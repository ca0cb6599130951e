/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laws of scaling fitted to the speedups of one strategy, after counting has been taken out of them.
 *
 *     Amdahl  S(W) = 1 / (s + (1 - s) / W)               s: the share that cannot be shared out
 *     USL     S(W) = W / (1 + a (W - 1) + b W (W - 1))   a: contention, b: coherence (Gunther 1993)
 *
 * 25 tasks on 2 workers take 13 turns, and 25 / 13 is no serial share of 4 %. So a speedup S enters as
 * S W / C, where C is the ceiling that counting sets. The fits are GSL's, weighted by the errors of the
 * speedups; they equal those of scipy.optimize.curve_fit (tests/reference/make_scaling_reference.py).
 * No clock, no files. */
#ifndef HARNESS_MEASURE_SCALING_SCALING_H
#define HARNESS_MEASURE_SCALING_SCALING_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/base/error.h"
#include "harness/measure/statistics.h"

/* With fewer numbers of workers nothing is fitted: two parameters go through three points anyhow. */
enum { SCALING_POINTS_AT_LEAST = 6, SCALING_PARAMETERS_AT_MOST = 2 };

struct scaling_point {
    double workers, speedup;
    double error; /* standard error of the speedup, above 0 */
};

enum scaling_law { SCALING_AMDAHL, SCALING_USL };

struct scaling_fit {
    int parameters; /* 1 of Amdahl: s; 2 of the USL: a, b */

    /* With 95 % intervals, from Student's t. */
    struct estimate parameter[SCALING_PARAMETERS_AT_MOST];

    double chi_squared; /* sum of squared distances from the points, in units of their errors */
    double chance;      /* that it would be as large or larger if the law were true */
};

/* The speedup of one configuration, with its counting taken out, as a point. False where it has no
 * interval, or no ceiling is known. */
bool scaling_point_of(const struct estimate *speedup, double ceiling, int workers,
                      struct scaling_point *point);

/* Fits a law to `count` points. 0, or -1 with *error set: fewer than SCALING_POINTS_AT_LEAST, no
 * memory, or no fit was found. */
int scaling_fit(enum scaling_law law, const struct scaling_point *points, size_t count,
                struct scaling_fit *fit, struct error *error);

/* Whether the points do not contradict the law: distances as large as these come up by chance alone
 * in at least 1 of 20 cases. */
bool scaling_agrees(const struct scaling_fit *fit);

/* Whether a parameter is surely above 0, and known well enough to be extrapolated from: the ends of
 * its interval are less than a factor of 3 apart. */
bool scaling_is_known(const struct estimate *parameter);

/* What a law with these parameters makes of so many workers. */
double scaling_speedup(enum scaling_law law, const double *parameters, double workers);

/* The number of workers from which on the USL falls; infinite where it does not. */
double scaling_peak(const struct scaling_fit *usl);

#endif

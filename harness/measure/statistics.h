/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Medians and how far to trust them. The mathematics is GSL's; nothing here reads a clock. */
#ifndef HARNESS_MEASURE_STATISTICS_H
#define HARNESS_MEASURE_STATISTICS_H

#include <stddef.h>

/* An estimate with its 95 % confidence interval; what is undefined is NaN. */
struct estimate {
    double value, low, high;
};

/* The fewest samples that allow a 95 % interval for a median without assuming a distribution. */
enum { SAMPLES_FOR_INTERVAL = 6 };

/* Median of `count` samples in any order. The interval goes from one order statistic to another,
 * chosen by the binomial distribution so that it covers the true median with a probability of at
 * least 95 %, whatever the distribution (David and Nagaraja, Order Statistics, 3rd ed., section
 * 7.1). With fewer than SAMPLES_FOR_INTERVAL samples there is no such interval: low and high are
 * NaN. With none, so is the value. All NaN when there is no memory. */
struct estimate statistics_median(const double *samples, size_t count);

/* The ratio median(numerator) / median(denominator) of paired samples (sample i of both was taken
 * in the same round). The interval is a percentile bootstrap that draws whole rounds, so that a
 * round in which the machine was slow is slow for both (Efron and Tibshirani, An Introduction to
 * the Bootstrap, 1993, chapter 13); the draws are the same each time. NaN as above. */
struct estimate statistics_ratio(const double *numerator, const double *denominator, size_t count);

/* Karp-Flatt metric: the serial fraction that Amdahl's law would need to explain this speedup,
 * (1/speedup - 1/workers) / (1 - 1/workers) (CACM 33(5), 1990). NaN for one worker. */
double statistics_karp_flatt(double speedup, int workers);

/* The ceiling: the best speedup that counting alone allows for `count` tasks of these weights (any
 * unit; pixels, say) on `workers` workers. For N equal tasks it is N / ceil(N / workers); in
 * general it is the total over the least time that the tasks can take,
 *
 *     max(total / workers,  (k + 1) * weight of the (k * workers + 1)-th heaviest task, k = 0, 1,
 * ...)
 *
 * because of k * workers + 1 tasks at least k + 1 meet on one worker (Graham, SIAM J. Appl. Math.
 * 17(2), 1969). NaN with no tasks, or no memory. */
double statistics_ceiling(const double *weights, size_t count, int workers);

#endif

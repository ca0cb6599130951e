/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Medians and how far to trust them. The mathematics is GSL's; nothing here reads a clock. */
#ifndef HARNESS_MEASURE_STATISTICS_H
#define HARNESS_MEASURE_STATISTICS_H

#include <stdbool.h>
#include <stddef.h>

/* An estimate with its 95 % confidence interval; what is undefined is NaN. */
struct estimate {
    double value, low, high;
};

/* The fewest samples that allow a 95 % interval for a median without assuming a distribution. */
enum { SAMPLES_FOR_INTERVAL = 6 };

/* Median of `count` samples in any order. The interval lies between order statistics: the binomial
 * distribution says how often the median is outside of samples k and count + 1 - k whatever the
 * distribution of the samples, and between the k that covers a little more than 95 % and the next
 * one that covers less we interpolate (Hettmansperger and Sheather, Statistics & Probability Letters
 * 4, 1986). With fewer than SAMPLES_FOR_INTERVAL samples there is no such interval: low and high are
 * NaN. With none, so is the value. All NaN when there is no memory. */
struct estimate statistics_median(const double *samples, size_t count);

/* How many times larger the numerator is: the median over rounds of numerator / denominator, sample
 * i of both taken in round i, with the interval of that median. A round in which the machine was
 * slow is slow for both, so what drifts from round to round falls out. With drift, spikes and heavy
 * tails the interval covers the truth in 93 to 97 of 100 experiments of 6 rounds or more
 * (tests/measure/test_coverage.c). NaN as above. */
struct estimate statistics_ratio(const double *numerator, const double *denominator, size_t count);

/* How many of `count` samples stand out: those further from the median than 5 % of it, and than 3.5 times
 * the spread of all, by the median absolute deviation (Iglewicz and Hoaglin, How to Detect and Handle
 * Outliers, 1993). is_out[i] tells of each (NULL: not wanted). NaN are none; and with fewer than
 * SAMPLES_FOR_INTERVAL that are known, or no memory, none is. */
size_t statistics_outliers(const double *samples, size_t count, bool *is_out);

/* t0, the time of one of `images` equal images on one core: of each of `rounds` serial runs the mean
 * over the images (task_s[i], what the tasks of run i took together, / images), and of these the
 * median. All NaN where a mean is shorter than 100 ticks of a clock that tells `resolution_s` apart.
 */
struct estimate statistics_one_image(const double *task_s, size_t rounds, size_t images,
                                     double resolution_s);

/* How many decimals of the value its interval supports: as many as it takes for half the interval's
 * width to show two digits, at least 0 and at most 6; 2 where there is no interval. */
int statistics_decimals(const struct estimate *estimate);

/* Karp-Flatt metric: the serial fraction that Amdahl's law would need to explain this speedup,
 * (1/speedup - 1/workers) / (1 - 1/workers) (CACM 33(5), 1990). NaN for one worker. */
double statistics_karp_flatt(double speedup, int workers);

/* The ceiling: the best speedup that counting alone allows for `count` tasks of these weights (any
 * unit; pixels, say) on `workers` workers. For N equal tasks it is N / ceil(N / workers); in
 * general it is the total over the least time that the tasks can take,
 *
 *     max(total / workers,
 *         (k + 1) * weight of the (k * workers + 1)-th heaviest task, for k = 0, 1, ...)
 *
 * because of k * workers + 1 tasks at least k + 1 meet on one worker (Graham, SIAM J. Appl. Math.
 * 17(2), 1969). NaN with no tasks, or no memory. */
double statistics_ceiling(const double *weights, size_t count, int workers);

#endif

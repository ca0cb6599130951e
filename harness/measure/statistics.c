/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/statistics.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double TAIL = 0.025; /* on each side */

static double sorted_median(double *values, size_t count)
{
    gsl_sort(values, 1, count);
    return gsl_stats_median_from_sorted_data(values, 1, count);
}

/* The largest k for which fewer than k of `count` samples lie below the median with a probability
 * of at most TAIL; sample k (from 1) of each end then bounds it. 0: there is none. */
static size_t bounding_rank(size_t count)
{
    size_t k = 0;
    while (k < count / 2 && gsl_cdf_binomial_P((unsigned)k, 0.5, (unsigned)count) <= TAIL)
        k++;
    return k;
}

struct estimate statistics_median(const double *samples, size_t count)
{
    struct estimate result = {(double)NAN, (double)NAN, (double)NAN};
    double *sorted = count ? malloc(count * sizeof *sorted) : NULL;
    if (!sorted)
        return result;
    memcpy(sorted, samples, count * sizeof *sorted);
    result.value = sorted_median(sorted, count);
    size_t k = bounding_rank(count);
    if (k > 0) {
        result.low = sorted[k - 1];
        result.high = sorted[count - k];
    }
    free(sorted);
    return result;
}

static double draw_ratio(const double *numerator, const double *denominator, size_t count,
                         gsl_rng *rng, double *scratch)
{
    double *a = scratch, *b = scratch + count;
    for (size_t i = 0; i < count; i++) {
        size_t round = gsl_rng_uniform_int(rng, count);
        a[i] = numerator[round];
        b[i] = denominator[round];
    }
    return sorted_median(a, count) / sorted_median(b, count);
}

struct estimate statistics_ratio(const double *numerator, const double *denominator, size_t count)
{
    enum { DRAWS = 2000 };
    struct estimate result = {(double)NAN, (double)NAN, (double)NAN};
    double *scratch = count ? malloc((2 * count + DRAWS) * sizeof *scratch) : NULL;
    gsl_rng *rng = scratch ? gsl_rng_alloc(gsl_rng_mt19937) : NULL;
    if (!rng) {
        free(scratch);
        return result;
    }
    memcpy(scratch, numerator, count * sizeof *scratch);
    memcpy(scratch + count, denominator, count * sizeof *scratch);
    result.value = sorted_median(scratch, count) / sorted_median(scratch + count, count);
    if (count >= SAMPLES_FOR_INTERVAL) {
        double *draws = scratch + 2 * count;
        gsl_rng_set(rng, 1);
        for (size_t i = 0; i < DRAWS; i++)
            draws[i] = draw_ratio(numerator, denominator, count, rng, scratch);
        gsl_sort(draws, 1, DRAWS);
        result.low = gsl_stats_quantile_from_sorted_data(draws, 1, DRAWS, TAIL);
        result.high = gsl_stats_quantile_from_sorted_data(draws, 1, DRAWS, 1 - TAIL);
    }
    gsl_rng_free(rng);
    free(scratch);
    return result;
}

double statistics_karp_flatt(double speedup, int workers)
{
    if (workers < 2)
        return (double)NAN;
    double share = 1.0 / workers;
    return (1 / speedup - share) / (1 - share);
}

double statistics_ceiling(const double *weights, size_t count, int workers)
{
    double *sorted = count ? malloc(count * sizeof *sorted) : NULL;
    double total = 0;
    if (!sorted)
        return (double)NAN;
    memcpy(sorted, weights, count * sizeof *sorted);
    gsl_sort(sorted, 1, count);
    for (size_t i = 0; i < count; i++)
        total += sorted[i];
    double least = total / workers;
    for (size_t i = 0; i < count; i += (size_t)workers) {
        double turns = (double)(i / (size_t)workers + 1);
        double time = turns * sorted[count - 1 - i]; /* descending */
        if (time > least)
            least = time;
    }
    free(sorted);
    return total / least;
}

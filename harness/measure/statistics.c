/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/statistics.h"

#include <gsl/gsl_cdf.h>
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

/* The chance, on one side, that the median is not between samples k and count + 1 - k (from 1). */
static double miss(size_t k, size_t count)
{
    return k == 0 ? 0 : gsl_cdf_binomial_P((unsigned)k - 1, 0.5, (unsigned)count);
}

/* The outermost 95 % interval that order statistics give, from sorted samples. The weight between
 * the two of them is that of Hettmansperger and Sheather, which a Laplace distribution makes exact
 * and which others hardly change. */
static void bound_median(const double *sorted, size_t count, struct estimate *result)
{
    if (count < SAMPLES_FOR_INTERVAL)
        return;
    size_t k = 1;
    while (k + 1 <= count / 2 && miss(k + 1, count) <= TAIL)
        k++;
    double n = (double)count, rank = (double)k, weight = 0;
    if (k + 1 <= count / 2) {
        double share = (TAIL - miss(k, count)) / (miss(k + 1, count) - miss(k, count));
        weight = (n - rank) * share / (rank + (n - 2 * rank) * share);
    }
    size_t inner = weight > 0 ? k : k - 1;
    result->low = (1 - weight) * sorted[k - 1] + weight * sorted[inner];
    result->high = (1 - weight) * sorted[count - k] + weight * sorted[count - 1 - inner];
}

struct estimate statistics_median(const double *samples, size_t count)
{
    struct estimate result = {(double)NAN, (double)NAN, (double)NAN};
    double *sorted = count ? malloc(count * sizeof *sorted) : NULL;
    if (!sorted)
        return result;
    memcpy(sorted, samples, count * sizeof *sorted);
    result.value = sorted_median(sorted, count);
    bound_median(sorted, count, &result);
    free(sorted);
    return result;
}

struct estimate statistics_ratio(const double *numerator, const double *denominator, size_t count)
{
    struct estimate result = {(double)NAN, (double)NAN, (double)NAN};
    double *ratios = count ? malloc(count * sizeof *ratios) : NULL;
    if (!ratios)
        return result;
    for (size_t i = 0; i < count; i++)
        ratios[i] = numerator[i] / denominator[i];
    result = statistics_median(ratios, count);
    free(ratios);
    return result;
}

size_t statistics_outliers(const double *samples, size_t count, bool *is_out)
{
    const double SPREADS = 3.5, SHARE = 0.05;
    size_t known = 0, found = 0;
    double *values = malloc(2 * (count ? count : 1) * sizeof *values);
    for (size_t i = 0; i < count; i++) {
        if (is_out)
            is_out[i] = false;
        if (values && !isnan(samples[i]))
            values[known++] = samples[i];
    }
    if (known >= SAMPLES_FOR_INTERVAL) {
        double spread = gsl_stats_mad(values, 1, known, values + count);
        double median = sorted_median(values, known);
        for (size_t i = 0; i < count; i++) {
            double away = fabs(samples[i] - median);
            bool out = away > SPREADS * spread && away > SHARE * median; /* false for NaN */
            found += out;
            if (is_out)
                is_out[i] = out;
        }
    }
    free(values);
    return found;
}

struct estimate statistics_one_image(const double *task_s, size_t rounds, size_t images,
                                     double resolution_s)
{
    enum { TICKS_AT_LEAST = 100 };
    struct estimate result = statistics_median(task_s, rounds);
    result.value /= (double)images;
    result.low /= (double)images;
    result.high /= (double)images;
    if (result.value < TICKS_AT_LEAST * resolution_s)
        result = (struct estimate){(double)NAN, (double)NAN, (double)NAN};
    return result;
}

int statistics_decimals(const struct estimate *estimate)
{
    double half = (estimate->high - estimate->low) / 2;
    if (!(half > 0))
        return isnan(half) ? 2 : 6;
    /* An interval of 3.1 to 3.3 has a half of 0.0999999.. */
    double decimals = 1 - floor(log10(half) + 1e-9);
    return decimals < 0 ? 0 : decimals > 6 ? 6 : (int)decimals;
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

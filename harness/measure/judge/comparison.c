/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/judge/comparison.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>

static const double LEVEL = 0.05;

/* Which test, how many to trim at each end: below 8 there is nothing to spare. */
enum { TRIM_FROM = 8 };

/* Yuen's t for the mean of values from which `trim` were cut at each end; trim 0 is Student's t.
 * `sorted` is changed. */
static double chance_of_zero(double *sorted, size_t count, size_t trim)
{
    double n = (double)count, kept = (double)(count - 2 * trim), mean = 0, all = 0, squares = 0;
    for (size_t i = trim; i < count - trim; i++)
        mean += sorted[i] / kept;
    for (size_t i = 0; i < trim; i++) { /* what was cut counts as the last that was not */
        sorted[i] = sorted[trim];
        sorted[count - 1 - i] = sorted[count - 1 - trim];
    }
    for (size_t i = 0; i < count; i++)
        all += sorted[i] / n;
    for (size_t i = 0; i < count; i++)
        squares += (sorted[i] - all) * (sorted[i] - all);
    double error = sqrt(squares / (n - 1) / n) * n / kept;
    if (!(error > 0))
        return mean == 0 ? 1 : 0;
    return 2 * gsl_cdf_tdist_Q(fabs(mean) / error, kept - 1);
}

struct comparison comparison_of(const double *first_s, const double *second_s, size_t count)
{
    struct comparison result = {statistics_ratio(second_s, first_s, count), (double)NAN};
    double *logs = count >= SAMPLES_FOR_INTERVAL ? malloc(count * sizeof *logs) : NULL;
    if (!logs)
        return result;
    for (size_t i = 0; i < count; i++)
        logs[i] = log(second_s[i] / first_s[i]);
    gsl_sort(logs, 1, count);
    result.chance = chance_of_zero(logs, count, count >= TRIM_FROM ? 1 : 0);
    free(logs);
    return result;
}

double comparison_floor(const double *once_s, const double *again_s, size_t count)
{
    struct estimate ratio = statistics_ratio(once_s, again_s, count);
    if (isnan(ratio.low))
        return (double)NAN;
    return fmax(fabs(log(ratio.low)), fabs(log(ratio.high)));
}

static bool beyond(double ratio, double floor)
{
    return isnan(floor) || fabs(log(ratio)) > floor;
}

int comparison_judge(const struct comparison *comparisons, size_t count, double floor,
                     enum comparison_verdict *verdicts)
{
    size_t *order = calloc(count ? count : 1, sizeof *order);
    double *chances = calloc(count ? count : 1, sizeof *chances);
    bool still = true;
    if (!order || !chances) {
        free(order);
        free(chances);
        return -1;
    }
    for (size_t i = 0; i < count; i++) /* those without a chance come last, and count nowhere */
        chances[i] = isnan(comparisons[i].chance) ? 2 : comparisons[i].chance;
    gsl_sort_index(order, chances, 1, count);
    size_t known = count;
    while (known > 0 && chances[order[known - 1]] > 1)
        known--;
    for (size_t rank = 0; rank < count; rank++) {
        size_t i = order[rank];
        if (rank >= known) {
            verdicts[i] = COMPARISON_UNKNOWN;
            continue;
        }
        still = still && chances[i] * (double)(known - rank) < LEVEL;
        verdicts[i] = COMPARISON_ALIKE;
        if (still && beyond(comparisons[i].ratio.value, floor))
            verdicts[i] = comparisons[i].ratio.value > 1 ? COMPARISON_FASTER : COMPARISON_SLOWER;
    }
    free(order);
    free(chances);
    return 0;
}

static int smallest_median(const double *const *times_s, size_t count, size_t rounds)
{
    int best = -1;
    double least = (double)INFINITY;
    for (size_t i = 0; i < count; i++) {
        double median = statistics_median(times_s[i], rounds).value;
        if (median < least) {
            least = median;
            best = (int)i;
        }
    }
    return best;
}

int comparison_best(const double *const *times_s, size_t count, size_t rounds, double floor,
                    bool *alike)
{
    int best = smallest_median(times_s, count, rounds);
    double pairs = (double)count * ((double)count - 1) / 2;
    for (size_t i = 0; i < count; i++) {
        alike[i] = (int)i == best;
        if (best < 0 || alike[i])
            continue;
        struct comparison other = comparison_of(times_s[best], times_s[i], rounds);
        /* Without a chance (too few rounds) nothing can be told apart. */
        bool told = other.chance * pairs < LEVEL && other.ratio.value > 1 &&
                    beyond(other.ratio.value, floor);
        alike[i] = !told;
    }
    return best;
}

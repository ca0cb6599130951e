/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/pairs.h"

#include <math.h>
#include <stdlib.h>

/* Rounds that both have. */
static size_t put_pairs(const struct summary *first, const struct summary *second, double *once_s,
                        double *other_s)
{
    size_t count = 0;
    for (int i = 0; i < first->rounds && i < second->rounds; i++)
        if (first->runs[i].wall_s > 0 && second->runs[i].wall_s > 0) { /* false for NaN */
            once_s[count] = first->runs[i].wall_s;
            other_s[count++] = second->runs[i].wall_s;
        }
    return count;
}

enum comparison_verdict pairs_compare(const struct result_set *set, const struct summary *first,
                                      const struct summary *second, size_t comparisons)
{
    enum comparison_verdict verdict = COMPARISON_UNKNOWN;
    if (!first->runs || !second->runs || first->rounds < 1)
        return verdict;
    double *times = calloc(2 * (size_t)first->rounds, sizeof *times);
    if (!times)
        return verdict;
    double *other_s = times + first->rounds;
    size_t count = put_pairs(first, second, times, other_s);
    struct comparison comparison = comparison_of(times, other_s, count);
    comparison.chance *= (double)comparisons; /* after Bonferroni */
    if (comparison.chance > 1)                /* false for NaN */
        comparison.chance = 1;
    /* No memory leaves it unknown. */
    if (!isnan(comparison.chance) &&
        comparison_judge(&comparison, 1, machine_noise_floor(&set->machine), &verdict) != 0)
        verdict = COMPARISON_UNKNOWN;
    free(times);
    return verdict;
}

enum comparison_verdict pairs_or_intervals(const struct result_set *set,
                                           const struct summary *first,
                                           const struct summary *second)
{
    enum comparison_verdict verdict = pairs_compare(set, first, second, 1);
    if (verdict != COMPARISON_UNKNOWN)
        return verdict;
    if (first->wall_s.high < second->wall_s.low) /* false for NaN, as below */
        return COMPARISON_FASTER;
    return first->wall_s.low > second->wall_s.high ? COMPARISON_SLOWER : COMPARISON_UNKNOWN;
}

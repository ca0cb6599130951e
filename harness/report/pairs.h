/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of two configurations of one benchmark is faster? Told by the ratios of their wall times in the
 * same round (harness/measure/judge/comparison.h), beyond the noise floor of the benchmark; two
 * intervals that overlap say much less: what drifts moves both. */
#ifndef HARNESS_REPORT_PAIRS_H
#define HARNESS_REPORT_PAIRS_H

#include "harness/measure/judge/comparison.h"
#include "harness/measure/summary.h"

/* Whether `first` is faster or slower than `second`, as one of so many comparisons that are made
 * together (of many, one stands out by chance alone). COMPARISON_UNKNOWN where the runs are not
 * known (results_read_pairs()), or are too few. */
enum comparison_verdict pairs_compare(const struct result_set *set, const struct summary *first,
                                      const struct summary *second, size_t comparisons);

/* The same for two alone. Where the runs are not known, the one whose interval of the wall time
 * lies below the other's is faster. */
enum comparison_verdict pairs_or_intervals(const struct result_set *set,
                                           const struct summary *first,
                                           const struct summary *second);

#endif

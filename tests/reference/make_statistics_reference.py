#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints statistics.txt, what SciPy says about fixed samples, for test_comparison.c.

    python3 tests/reference/make_statistics_reference.py >tests/reference/statistics.txt

Written with NumPy 1.24.2 and SciPy 1.10.1.
Each line: count, the first times, the second times; then median, low and high of second / first,
and p of the comparison (scipy.stats: ttest_1samp; from 8 rounds on the trimmed t of mstats). SciPy
has no interval of this kind, so it is written out with binom.cdf.
"""
import numpy as np
from scipy import stats
from scipy.stats import mstats


def interval(values):
    """Hettmansperger and Sheather, as written in their paper: d from the end, depths d and d + 1."""
    y, n = np.sort(values), len(values)
    coverage = lambda d: 1 - 2 * stats.binom.cdf(d - 1, n, 0.5)
    d = max(d for d in range(1, n // 2 + 1) if coverage(d) >= 0.95)
    share = (coverage(d) - 0.95) / (coverage(d) - coverage(d + 1))
    weight = (n - d) * share / (d + (n - 2 * d) * share)
    return (1 - weight) * y[d - 1] + weight * y[d], (1 - weight) * y[n - d] + weight * y[n - d - 1]


def chance(logs):
    n = len(logs)
    if n < 8:
        return stats.ttest_1samp(logs, 0).pvalue
    one_each = (1 / n + 1e-9, 1 / n + 1e-9)
    trimmed = mstats.trimmed_mean(logs, limits=one_each)
    error = mstats.trimmed_stde(logs, limits=one_each)
    return 2 * stats.t.sf(abs(trimmed / error), n - 3)


random = np.random.RandomState(13)
for n in (6, 7, 8, 9, 12, 20):
    for gain in (1, 1.05, 2):
        drift = np.cumsum(random.normal(0, 0.05, n))
        first = np.exp(drift + 0.03 * random.standard_t(2, n))
        second = gain * np.exp(drift + 0.03 * random.standard_t(2, n))
        first, second = np.round(first, 6), np.round(second, 6)
        ratio = second / first
        numbers = [np.median(ratio), *interval(ratio), chance(np.log(ratio))]
        print(n, *first, *second, *("%.15g" % x for x in numbers))

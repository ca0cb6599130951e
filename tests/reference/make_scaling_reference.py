#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints scaling.txt, what SciPy fits to made-up speedups, for test_scaling.c.

    python3 tests/reference/make_scaling_reference.py >tests/reference/scaling.txt

Written with NumPy 1.24.2 and SciPy 1.10.1 (scipy.optimize.curve_fit with absolute_sigma).
Each line: the law, the number of points; workers, speedup and error of each; then of each parameter
the value and its interval, at last chi squared and its chance.
"""
import numpy as np
from scipy import stats
from scipy.optimize import curve_fit


def amdahl(w, s):
    return 1 / (s + (1 - s) / w)


def usl(w, a, b):
    return w / (1 + a * (w - 1) + b * w * (w - 1))


random = np.random.RandomState(13)
sweeps = [1, 2, 3, 4, 6, 8], [1, 2, 4, 8, 16, 32], [1, 2, 4, 8, 16, 32, 64, 128], range(1, 13)
for sweep in sweeps:
    w = np.array(sweep, float)
    for truth in ((amdahl, 0.0), (amdahl, 0.05), (usl, 0.02, 0.0), (usl, 0.03, 0.001), (usl, 0.2, 0.02)):
        clean = truth[0](w, *truth[1:])
        error = np.round(clean * random.uniform(0.005, 0.03, len(w)), 6)
        speedup = np.round(clean + error * random.normal(0, 1, len(w)), 6)
        for name, law, start in (("amdahl", amdahl, [0.01]), ("usl", usl, [0.01, 0.0])):
            best, covariance = curve_fit(law, w, speedup, p0=start, sigma=error, absolute_sigma=True,
                                         xtol=1e-14, ftol=1e-14, gtol=1e-14)
            freedom = len(w) - len(best)
            half = stats.t.ppf(0.975, freedom) * np.sqrt(np.diag(covariance))
            squares = np.sum(((law(w, *best) - speedup) / error) ** 2)
            numbers = [x for point in zip(w, speedup, error) for x in point]
            numbers += [x for b, h in zip(best, half) for x in (b, b - h, b + h)]
            numbers += [squares, stats.chi2.sf(squares, freedom)]
            print(name, len(w), *("%.15g" % x for x in numbers))

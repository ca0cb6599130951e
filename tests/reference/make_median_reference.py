#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes median.txt, what SciPy makes of many images and windows, for test_filters.c.

    python3 tests/reference/make_median_reference.py        (a few minutes)

Written with NumPy 1.24.2 and SciPy 1.10.1. Lines "kind ny nx window hash", where the hash is the
64-bit FNV-1a of the frame minus its median, 8 bytes a step. The images are those of
tests/support/median_images.c. SciPy's median_filter is wrong where the window is much larger than the
image, and knows no missing values; there, each window of the padded image is sorted.
"""
import os

import numpy as np
from scipy.ndimage import median_filter

KINDS = ("noise float32 smooth constant ties two ramp rampx rampy sawtooth outliers clusters "
         "lognormal signedlog ulps denormals tiny huge checkerboard zeros infinities nan20 nanblock "
         "naninf nan100").split()
SIZES = ((1, 1), (1, 37), (41, 1), (2, 3), (7, 5), (23, 19), (64, 64), (61, 131), (149, 97),
         (190, 200))
WINDOWS = (1, 2, 3, 4, 5, 6, 7, 8, 15, 21, 30, 50, 51, 64, 65, 101, 120, 201, 224, 225)
NAN = 0x7ff8000000000000


def splitmix64(index):
    z = (index + np.uint64(1)) * np.uint64(0x9e3779b97f4a7c15)
    z = (z ^ z >> np.uint64(30)) * np.uint64(0xbf58476d1ce4e5b9)
    z = (z ^ z >> np.uint64(27)) * np.uint64(0x94d049bb133111eb)
    return z ^ z >> np.uint64(31)


def make_image(kind, ny, nx):
    y, x = np.mgrid[:ny, :nx].astype(np.int64)
    random = splitmix64((y * nx + x).astype(np.uint64))
    low = (random & np.uint64(0x3ff)).astype(np.int64)
    noise = np.ldexp((random >> np.uint64(11)).astype(float), -53) - 0.5
    infinity = np.where(random >> np.uint64(63), np.inf, -np.inf)
    return {
        "noise": lambda: noise,
        "float32": lambda: np.ldexp((random >> np.uint64(40)).astype(float), -24),
        "smooth": lambda: np.ldexp((7 * (y - ny // 2) * (y - ny // 2)
                                    - 5 * (x - nx // 3) * (x + y)).astype(float), -10),
        "constant": lambda: np.full((ny, nx), 1.5),
        "ties": lambda: (low % 5).astype(float),
        "two": lambda: (low < 100).astype(float),
        "ramp": lambda: (y * nx + x).astype(float),
        "rampx": lambda: (-x).astype(float),
        "rampy": lambda: y.astype(float),
        "sawtooth": lambda: ((3 * x + 5 * y) % 64).astype(float),
        "outliers": lambda: np.where(low % 97, noise, noise * 1e12),
        "clusters": lambda: noise + (x // 8 % 2).astype(float) * 1e12,
        "lognormal": lambda: np.ldexp(noise + 1.5, low % 64 - 32),
        "signedlog": lambda: np.ldexp(noise, low * 2 - 1000),
        "ulps": lambda: 1 + np.ldexp((low % 100).astype(float), -52),
        "denormals": lambda: np.ldexp((random >> np.uint64(44)).astype(float), -1074),
        "tiny": lambda: np.ldexp((low % 4).astype(float) - 2, -1074),
        "huge": lambda: np.ldexp(noise, 1024),
        "checkerboard": lambda: ((x + y) % 2).astype(float),
        "zeros": lambda: np.where(low % 2, 0.0, -0.0),
        "infinities": lambda: np.where(low % 3, noise, infinity),
        "nan20": lambda: np.where(low % 5 == 0, np.nan, noise),
        "nanblock": lambda: np.where((x < nx // 2) & (y < ny // 2), np.nan, noise),
        "naninf": lambda: np.where(low % 4 == 0, np.nan, np.where(low % 4 == 1, np.inf, noise)),
        "nan100": lambda: np.full((ny, nx), np.nan),
    }[kind]()


def median_by_sorting(image, window):
    before = window // 2
    padded = np.pad(image, (before, window - 1 - before), mode="symmetric")
    median = np.empty_like(image)
    for y in range(image.shape[0]):
        windows = np.lib.stride_tricks.sliding_window_view(padded[y:y + window], (window, window))
        values = np.sort(windows.reshape(image.shape[1], window * window), axis=1)  # NaN last
        valid = np.count_nonzero(~np.isnan(values), axis=1)
        median[y] = np.take_along_axis(values, (valid // 2)[:, None], axis=1)[:, 0]
    return median


def median_of(image, window):
    if np.isnan(image).any() or window > min(image.shape):
        return median_by_sorting(image, window)
    return median_filter(image, window)


def fnv1a(image):
    bits = np.where(np.isnan(image), np.uint64(NAN), image.view(np.uint64))
    value = 0xcbf29ce484222325
    for word in bits.ravel().tolist():
        value = (value ^ word) * 0x100000001b3 & 0xffffffffffffffff
    return value


def main():
    name = os.path.join(os.path.dirname(os.path.abspath(__file__)), "median.txt")
    with open(name, "w") as file, np.errstate(all="ignore"):
        for k, kind in enumerate(KINDS):
            for s, (ny, nx) in enumerate(SIZES):
                image = np.ascontiguousarray(make_image(kind, ny, nx))
                # A sorted window costs, so large images meet only some of the windows, and few of
                # the largest; which ones differs from kind to kind.
                step = 2 if ny * nx < 1000 else 3
                for window in WINDOWS[(k + s) % step::step]:
                    if ny * nx * window**2 > (3e8 if kind in ("noise", "smooth", "nan20") else 5e7):
                        continue
                    difference = image - (median_of(image, window) + 0.0)
                    file.write(f"{kind} {ny} {nx} {window} {fnv1a(difference):016x}\n")
                file.flush()


if __name__ == "__main__":
    main()

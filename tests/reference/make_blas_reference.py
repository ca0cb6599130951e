#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes blas.txt, what NumPy and SciPy make of some matrices and images, for test_blas.c.

    python3 tests/reference/make_blas_reference.py

Written with NumPy 1.24.2 and SciPy 1.10.1. Each line is "what kind ny nx window" and the values of
the result, row by row: "dot" is image.dot(image.T), "smooth" the frame minus
gaussian_filter(frame, window / 4). The images are those of tests/support/median_images.c.
"""
import os

import numpy as np
from make_median_reference import make_image
from scipy.ndimage import gaussian_filter

DOTS = (("noise", 1, 1), ("noise", 3, 7), ("lognormal", 23, 19), ("noise", 40, 131), ("ramp", 33, 5))
SMOOTHS = (("noise", 1, 1, 50), ("noise", 3, 40, 8), ("smooth", 37, 29, 12), ("noise", 23, 31, 50),
           ("lognormal", 19, 17, 3), ("constant", 9, 9, 20), ("noise", 7, 5, 101))


def main():
    name = os.path.join(os.path.dirname(os.path.abspath(__file__)), "blas.txt")
    with open(name, "w") as file:
        def put(what, kind, ny, nx, window, result):
            values = " ".join(repr(float(value)) for value in result.ravel())
            file.write(f"{what} {kind} {ny} {nx} {window} {values}\n")

        for kind, ny, nx in DOTS:
            image = np.ascontiguousarray(make_image(kind, ny, nx))
            put("dot", kind, ny, nx, 1, image.dot(image.T))
        for kind, ny, nx, window in SMOOTHS:
            image = np.ascontiguousarray(make_image(kind, ny, nx))
            put("smooth", kind, ny, nx, window, image - gaussian_filter(image, window / 4))


if __name__ == "__main__":
    main()

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes random.txt and fake.txt, what NumPy makes of some seeds, for test_random.c and test_fake.c.

    python3 tests/reference/make_fake_reference.py

Written with NumPy 1.24.2; the numbers are the same for every version (np.random.seed is frozen).

random.txt: lines "seed index value", the index-th number (from 0) of np.random.random_sample.
fake.txt:   for each image a line "ny nx seed largest rms pixels": the largest absolute pixel, the
            root of the mean square of all pixels, and how many lines "y x value" follow.
"""
import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
SEEDS = (0, 7, 4294967295)
SIZES = ((1, 1), (1, 2), (2, 1), (1, 7), (97, 1), (8, 8), (2, 300), (4, 300), (300, 2), (300, 4),
         (37, 53), (64, 100), (128, 32), (1000, 1000))


def fake_image(ny, nx, seed):
    """The image of the activity, as design.md and generator/fake.h give it."""
    np.random.seed(seed)
    phases = np.random.uniform(0, 2 * np.pi, (ny, nx))
    u, v = np.meshgrid(np.fft.fftfreq(nx), np.fft.fftfreq(ny))
    rho = np.sqrt((u * nx) ** 2 + (v * ny) ** 2)
    with np.errstate(invalid="ignore"):  # 0/0 for the image of 1 x 1
        amplitudes = np.exp(-rho**2 / (rho.max() / 50) ** 2)
    return np.real(np.fft.ifft2(amplitudes * np.exp(1j * phases)))


def sampled(ny, nx):
    """Corners and edges, and pixels between them; no more than 200 of an image."""
    chosen = np.random.RandomState(ny * 10007 + nx)
    pixels = {(0, 0), (0, nx - 1), (ny - 1, 0), (ny - 1, nx - 1)}
    wanted = min(ny * nx, 200 if ny * nx > 100000 else 40)
    while len(pixels) < wanted:
        pixels.add((int(chosen.randint(ny)), int(chosen.randint(nx))))
    return sorted(pixels)


with open(os.path.join(HERE, "random.txt"), "w") as file:
    for seed in (0, 1, 4357, 2147483648, 4294967295):
        numbers = np.random.RandomState(seed).random_sample(100001)
        for index in (0, 1, 2, 310, 311, 312, 1000, 100000):
            file.write(f"{seed} {index} {numbers[index]:.17g}\n")

with open(os.path.join(HERE, "fake.txt"), "w") as file:
    for ny, nx in SIZES:
        for seed in SEEDS:
            image = fake_image(ny, nx, seed)
            rms = np.sqrt(np.mean(image**2))
            pixels = sampled(ny, nx)
            file.write(f"{ny} {nx} {seed} {abs(image).max():.17g} {rms:.17g} {len(pixels)}\n")
            for y, x in pixels:
                file.write(f"{y} {x} {image[y, x]:.17g}\n")

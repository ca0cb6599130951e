#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times highpass-rank beside OpenCV and SciPy, on one core, the three taking turns.

    taskset -c 0 python3 tests/bench/compare_peers.py [BUILD]      (BUILD: build, after make bench-filters)

Needs NumPy, SciPy and OpenCV (python3-scipy, python3-opencv). The image is that of the activity,
1000 x 1000; the window is 50, for OpenCV 51, as it takes odd ones only. OpenCV's filter of that
size exists for 8 bits only, so it gets the image scaled to 0 ... 255 and its answer is inexact.
SciPy is timed on a part of the image (200 rows, all columns) and scaled up. Prints the least, the
median and the largest time, and of the ratios to highpass-rank in the same round.
"""
import statistics
import subprocess
import sys
import time

try:
    import cv2
    import numpy as np
    from scipy.ndimage import median_filter
except ImportError as problem:
    sys.exit(f"compare_peers.py: {problem}; install python3-scipy and python3-opencv, "
             "and give a Python that has them")

SIDE, WINDOW, ROUNDS, SCIPY_ROUNDS, SCIPY_ROWS = 1000, 50, 31, 2, 200


def fake_image(side, seed=1):
    """The image that bench_filters makes, too."""
    np.random.seed(seed)
    phases = np.random.uniform(0, 2 * np.pi, (side, side))
    u, v = np.meshgrid(np.fft.fftfreq(side), np.fft.fftfreq(side))
    rho = np.sqrt((u * side) ** 2 + (v * side) ** 2)
    return np.real(np.fft.ifft2(np.exp(-rho**2 / (rho.max() / 50) ** 2) * np.exp(1j * phases)))


def seconds_of(function, *arguments):
    start = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - start


def line(name, values, unit=""):
    print(f"{name:34s} {min(values):9.3f} {statistics.median(values):9.3f} {max(values):9.3f} {unit}")


def main():
    build = sys.argv[1] if len(sys.argv) > 1 else "build"
    ours = subprocess.Popen(
        [build + "/tests/bench/bench_filters", "--one", "highpass-rank", str(SIDE), str(SIDE), str(WINDOW)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run_ours():
        ours.stdin.write("\n")
        ours.stdin.flush()
        return float(ours.stdout.readline())

    image = fake_image(SIDE)
    low, high = image.min(), image.max()
    image8 = np.round((image - low) / (high - low) * 255).astype(np.uint8)
    cv2.setNumThreads(1)
    run_ours(), cv2.medianBlur(image8, WINDOW + 1)  # warm up

    rank, opencv, scipy = [], [], []
    for i in range(ROUNDS):
        if i < SCIPY_ROUNDS:
            scipy.append(seconds_of(median_filter, image[:SCIPY_ROWS], WINDOW) * SIDE / SCIPY_ROWS)
        rank.append(run_ours())
        opencv.append(seconds_of(cv2.medianBlur, image8, WINDOW + 1))
    ours.stdin.close()
    ours.wait()

    print(f"{SIDE}x{SIDE}, window {WINDOW}, one core, {ROUNDS} rounds    min    median       max")
    line("highpass-rank, float64", [1e3 * t for t in rank], "ms")
    line("OpenCV medianBlur, 8 bits", [1e3 * t for t in opencv], "ms")
    line("SciPy median_filter, float64", [1e3 * t for t in scipy], f"ms ({SCIPY_ROUNDS} rounds)")
    line("highpass-rank / OpenCV", [a / b for a, b in zip(rank, opencv)])
    line("SciPy / highpass-rank", [b / a for a, b in zip(rank, scipy)])


if __name__ == "__main__":
    main()

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times highpass-rank beside OpenCV and SciPy, on one core, all taking turns.

    taskset -c 0 python3 tests/bench/compare_peers.py [--windows 3,5,9,25,50,101] [--rounds 31] [BUILD]

(BUILD: build, after `make build/tests/bench/bench_filters`.) Needs NumPy, SciPy and OpenCV (python3-scipy,
python3-opencv). The image is that of the activity, 1000 x 1000. OpenCV takes odd windows only, so the next
odd one where ours is even; for 32-bit floats up to 5, and above that for 8 bits only: it gets the image
scaled to 0 ... 255, and its answer is inexact. SciPy is timed on a part of the image (all columns) and
scaled up. Prints the least, the median and the largest time, and of the ratios in the same round.
"""
import argparse
import statistics
import subprocess
import sys
import time

try:
    import cv2
    import numpy as np
    from scipy import __version__ as scipy_version
    from scipy.ndimage import median_filter
except ImportError as problem:
    sys.exit(f"compare_peers.py: {problem}; install python3-scipy and python3-opencv, "
             "and give a Python that has them")

SIDE, SCIPY_ROUNDS = 1000, 2


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


def compare(window, rounds, build, image):
    ours = subprocess.Popen(
        [build + "/tests/bench/bench_filters", "--one", "highpass-rank", str(SIDE), str(SIDE), str(window)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run_ours():
        ours.stdin.write("\n")
        ours.stdin.flush()
        return float(ours.stdout.readline())

    low, high = image.min(), image.max()
    peers = {"8 bits": np.round((image - low) / (high - low) * 255).astype(np.uint8)}
    if window <= 5:
        peers["32-bit floats"] = image.astype(np.float32)
    odd = window | 1
    rows = min(SIDE, max(20, 500000 // window ** 2))
    run_ours()
    for pixels in peers.values():
        cv2.medianBlur(pixels, odd)  # warm up

    rank, scipy = [], []
    opencv = {name: [] for name in peers}
    for i in range(rounds):
        if i < SCIPY_ROUNDS:
            scipy.append(seconds_of(median_filter, image[:rows], window) * SIDE / rows)
        rank.append(run_ours())
        for name, pixels in peers.items():
            opencv[name].append(seconds_of(cv2.medianBlur, pixels, odd))
    ours.stdin.close()
    ours.wait()

    print(f"window {window:3}, {rounds:2} rounds                       min    median       max")
    line("highpass-rank, float64", [1e3 * t for t in rank], "ms")
    for name, times in opencv.items():
        line(f"OpenCV medianBlur {odd}, {name}", [1e3 * t for t in times], "ms")
        line("  highpass-rank / that", [a / b for a, b in zip(rank, times)])
    line("SciPy median_filter, float64", [1e3 * t for t in scipy], f"ms ({SCIPY_ROUNDS} rounds)")
    line("  that / highpass-rank", [b / a for a, b in zip(rank, scipy)])


def main():
    parser = argparse.ArgumentParser(description="highpass-rank beside OpenCV and SciPy.")
    parser.add_argument("--windows", default="50")
    parser.add_argument("--rounds", type=int, default=31)
    parser.add_argument("build", nargs="?", default="build")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    print(f"{SIDE} x {SIDE} pixels, one core; OpenCV {cv2.__version__}, SciPy {scipy_version}")
    image = fake_image(SIDE)
    for window in options.windows.split(","):
        compare(int(window), options.rounds, options.build, image)


if __name__ == "__main__":
    main()

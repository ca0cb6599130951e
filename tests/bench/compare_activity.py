#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times the activity beside Python's way: read, filter and write FITS files on W cores.

    taskset -c 0,1 python3 tests/bench/compare_activity.py [WORKERS] [BUILD]      (2, build)

Needs NumPy and SciPy. Python: multiprocessing.Pool(WORKERS) maps a function over the files that
reads one, subtracts scipy.ndimage.median_filter(frame, 50) and writes the result; that takes so long
that it is timed on 2 * WORKERS images and scaled up to 25. Ours: `speedup bench --io files` on 25
images, strategy process-pool, WORKERS workers; the median of 6 rounds. The two take turns, 3 times.
"""
import csv
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "reference"))
try:
    import numpy as np
    import simple_fits
    from scipy.ndimage import median_filter
except ImportError as problem:
    sys.exit(f"compare_activity.py: {problem}; give a Python that has NumPy and SciPy")

IMAGES, WINDOW, TURNS = 25, 50, 3


def filter_file(path):
    frame = simple_fits.read(path).astype(np.float64)
    np.save(path.replace(".fits", "_filtered.npy"), frame - median_filter(frame, WINDOW))


def python_seconds(paths, workers):
    with multiprocessing.Pool(workers) as pool:
        start = time.perf_counter()
        pool.map(filter_file, paths, chunksize=1)
        elapsed = time.perf_counter() - start
    return elapsed * IMAGES / len(paths)


def our_seconds(speedup, paths, workers, directory):
    subprocess.run([speedup, "bench", "--io", "files", "--strategies", "process-pool", "--workers",
                    str(workers), "--rounds", "6", "--out", directory, *paths], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(os.path.join(directory, "summary.csv"), newline="") as file:
        for row in csv.DictReader(file):
            if row["strategy"] == "process-pool":
                return float(row["wall_median_s"])
    sys.exit("compare_activity.py: no row for process-pool")


def main():
    workers = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    speedup = os.path.join(sys.argv[2] if len(sys.argv) > 2 else "build", "speedup")
    with tempfile.TemporaryDirectory() as directory:
        subprocess.run([speedup, "generate", "--out", directory], check=True,
                       stdout=subprocess.DEVNULL)
        paths = sorted(os.path.join(directory, name) for name in os.listdir(directory))
        print(f"{IMAGES} images of 1000x1000 from file to file, window {WINDOW}, {workers} workers")
        for _ in range(TURNS):
            ours = our_seconds(speedup, paths, workers, os.path.join(directory, "results"))
            theirs = python_seconds(paths[:2 * workers], workers)
            print(f"speedup {ours:7.3f} s   Python {theirs:7.1f} s   ratio {theirs / ours:6.0f}")


if __name__ == "__main__":
    main()

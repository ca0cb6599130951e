#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares `speedup filter` with SciPy, element for element. Needs NumPy and SciPy.

    python3 tests/filters/scipy_filter.py [--windows 1-64,101] [--filter NAME,...]
            [--frames NAME,...] [FILE...]

The frames are those in the (plain, not compressed) FITS files given and, first, small ones of its
own: all pixel types, BLANK, NaN, infinities, ties, single rows and columns. Each is compared with
frame - scipy.ndimage.median_filter(frame, window). Where SciPy has no answer or a wrong one, the
window is taken from np.pad(mode="symmetric") and sorted: where the window holds a NaN, which SciPy
does not know, and where the window is larger than the frame, where SciPy 1.10 folds its index
wrongly. The exit status is 1 where one element differs. SciPy needs about 15 s for a frame of a
million pixels and the window 50, most of the time that this takes.
"""
import argparse
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "reference"))
try:
    import numpy as np
    import simple_fits
    from scipy import ndimage
except ImportError as missing:
    sys.exit(f"scipy_filter.py: {missing}; start it with a Python that has NumPy and SciPy, "
             "perhaps /usr/bin/python3")


def own_frames():
    """name: (pixels as stored, header cards)"""
    rng = np.random.default_rng(1)
    noise = rng.normal(0.0, 1e-5, (37, 53))
    holes = np.where(rng.random(noise.shape) < 0.2, np.nan, noise)
    corner = noise.copy()
    corner[:4, -3:] = np.nan
    wild = noise.copy()
    wild[3, 5:9] = [np.inf, -np.inf, 1e300, -1e300]
    tiles = rng.normal(0.0, 1.0, (201, 333)).cumsum(axis=0).cumsum(axis=1)  # smooth, more than a tile
    tiles[190:, 7] = np.nan
    shorts = rng.integers(-50, 50, (41, 29)).astype(np.int16)
    return {
        "noise": (noise, {}),
        "holes": (holes, {}),
        "corner": (corner, {}),
        "tiles": (tiles, {}),
        "nothing": (np.full((5, 6), np.nan), {}),
        "wild": (wild, {}),
        "constant": (np.full((20, 31), 0.1), {}),
        "zeros": (np.where(rng.random((20, 31)) < 0.5, 0.0, -0.0), {}),
        "row": (noise[:1].copy(), {}),
        "column": (noise[:, :1].copy(), {}),
        "pixel": (noise[:1, :1].copy(), {}),
        "bytes": ((shorts + 50).astype(np.uint8), {}),
        "shorts": (shorts, {}),
        "scaled": (shorts, {"BSCALE": 0.1, "BZERO": 3.7}),
        "blank": (shorts, {"BLANK": -7}),
        "unsigned": (shorts, {"BZERO": 32768}),
        "ints": (shorts.astype(np.int32) * 100003, {}),
        "longs": (shorts.astype(np.int64) << 50, {}),
        "floats": (holes.astype(np.float32), {"BSCALE": 2.5}),
    }


def sorted_medians(frame, window, where):
    """Medians of the pixels listed in `where`, by the definition in filters/window.h."""
    before = window // 2
    padded = np.pad(frame, (before, window - 1 - before), mode="symmetric")
    medians = np.empty(len(where))
    for k, (y, x) in enumerate(where):
        values = padded[y:y + window, x:x + window].ravel()
        middle = np.count_nonzero(~np.isnan(values)) // 2
        medians[k] = np.partition(values, middle)[middle]  # NaN last
    return medians


def median(frame, window):
    missing = np.isnan(frame)
    if window > min(frame.shape):
        needs_sorting = np.ones_like(missing)
        medians = np.empty_like(frame)
    else:
        needs_sorting = ndimage.maximum_filter(missing, window)
        medians = ndimage.median_filter(np.where(missing, 0.0, frame), window)
    medians[needs_sorting] = sorted_medians(frame, window, np.argwhere(needs_sorting))
    return medians


def differences(result, expected):
    """The number of elements that differ; any NaN equals any other."""
    return np.count_nonzero((result != expected) & ~(np.isnan(result) & np.isnan(expected)))


def compare(path, window, options, directory):
    """For each filter, whether `speedup filter` and SciPy agree on the file; says so."""
    frame = simple_fits.read(path)
    with np.errstate(invalid="ignore"):  # inf - inf
        expected = frame - median(frame, window)
    results = []
    for name in options.filter.split(","):
        done = subprocess.run([options.speedup, "filter", "--filter", name, "--window",
                               str(window), "--out", directory, "--", path],
                              stdout=subprocess.PIPE, check=True, text=True)
        output = done.stdout.rstrip("\n")
        wrong = differences(simple_fits.read(output), expected)
        os.remove(output)
        print(f"{os.path.basename(path):28} {frame.shape[0]:5}x{frame.shape[1]:<5} window {window:3} "
              f"{name}: " + (f"{wrong} of {frame.size} DIFFER" if wrong else "equal"), flush=True)
        results.append(wrong == 0)
    return results


def numbers(text):
    """[1, 2, 3, 7] of "1-3,7"."""
    found = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def main():
    parser = argparse.ArgumentParser(description="Compares `speedup filter` with SciPy.")
    parser.add_argument("--windows", default="1-3,7,50,51", type=numbers)
    parser.add_argument("--filter", default="highpass", help="one or several")
    parser.add_argument("--frames", help="of its own, only these")
    parser.add_argument("--speedup", default="build/speedup", help="the program")
    parser.add_argument("files", nargs="*", metavar="FILE")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        paths = []
        for name, (pixels, cards) in own_frames().items():
            if options.frames and name not in options.frames.split(","):
                continue
            paths.append(os.path.join(directory, name + ".fits"))
            simple_fits.write(paths[-1], pixels, **cards)
        results = [equal for path in paths + options.files for window in options.windows
                   for equal in compare(path, window, options, directory)]
    print(f"{sum(results)} of {len(results)} comparisons equal")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())

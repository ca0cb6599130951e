#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares `speedup generate` with NumPy, in its pixels and in its speed. Needs NumPy.

    python3 tests/bench/numpy_generate.py [BUILD]       (`make bench-generator PYTHON=...` does it)

Pixels: the FITS files that BUILD/speedup writes, all sizes and seeds below, against NumPy's images;
the exit status is 1 where one differs by more than 1e-12 of the largest pixel.

Speed: one image of 1000 x 1000 in memory, without files on either side, on one core, the two taking
turns. NumPy is timed twice: as the activity has it, every image from scratch; and with the grid and
the amplitudes kept from one image to the next, as ours are.
"""
import os
import subprocess
import sys
import tempfile
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"
try:
    import numpy as np
except ImportError:
    sys.exit("numpy_generate.py: needs NumPy; give a Python that has it, "
             "as in `make bench-generator PYTHON=/usr/bin/python3`")

SIZES = ((1, 1), (1, 2), (2, 1), (1, 97), (97, 1), (2, 1000), (1000, 4), (3, 4), (37, 53), (128, 64),
         (257, 1021), (1000, 1000), (1024, 1024))
SEEDS = (0, 7, 4294967294)
ROUNDS = 25


def amplitudes_of(ny, nx):
    u, v = np.meshgrid(np.fft.fftfreq(nx), np.fft.fftfreq(ny))
    rho = np.sqrt((u * nx) ** 2 + (v * ny) ** 2)
    with np.errstate(invalid="ignore"):  # 0/0 for the image of 1 x 1
        return np.exp(-rho**2 / (rho.max() / 50) ** 2)


def fake_image(ny, nx, seed, amplitudes=None):
    np.random.seed(seed)
    phases = np.random.uniform(0, 2 * np.pi, (ny, nx))
    if amplitudes is None:
        amplitudes = amplitudes_of(ny, nx)
    return np.real(np.fft.ifft2(amplitudes * np.exp(1j * phases)))


def read_fits(path):
    """The float64 image in the first header and data unit: cards of 80 bytes in blocks of 2880."""
    with open(path, "rb") as file:
        content = file.read()
    cards = {}
    for start in range(0, len(content), 80):
        card = content[start:start + 80].decode("ascii")
        if card.startswith("END "):
            break
        if card[8:10] == "= ":
            cards[card[:8].strip()] = card[10:].split("/")[0].strip()
    assert cards["BITPIX"] == "-64" and cards["NAXIS"] == "2", cards
    shape = int(cards["NAXIS2"]), int(cards["NAXIS1"])
    data = -(-(start + 80) // 2880) * 2880
    return np.frombuffer(content, ">f8", shape[0] * shape[1], data).reshape(shape).astype(float)


def compare_pixels(build):
    worst = 0.0
    for ny, nx in SIZES:
        for seed in SEEDS:
            with tempfile.TemporaryDirectory() as directory:
                subprocess.run([f"{build}/speedup", "generate", "--count", "2", "--size", f"{ny}x{nx}",
                                "--seed", str(seed), "--out", directory],
                               check=True, stdout=subprocess.DEVNULL)
                for i in range(2):
                    ours = read_fits(f"{directory}/fake_{ny}x{nx}_{i}.fits")
                    theirs = fake_image(ny, nx, seed + i)
                    assert ours.shape == theirs.shape
                    if np.isnan(theirs).all():
                        assert np.isnan(ours).all()
                        continue
                    difference = abs(ours - theirs).max() / abs(theirs).max()
                    worst = max(worst, difference)
                    if not difference <= 1e-12:
                        print(f"{ny} x {nx}, seed {seed + i}: differs by {difference:.2g}")
    print(f"pixels: {len(SIZES)} sizes, {2 * len(SEEDS)} seeds each: "
          f"largest difference {worst:.2g} of the largest pixel")
    return worst <= 1e-12


def timed(function, *arguments):
    start = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - start


def spread(values, unit=""):
    low, middle, high = np.percentile(values, (10, 50, 90))
    return f"median {middle:.2f}{unit}, 10 to 90 %: {low:.2f} to {high:.2f}{unit}"


def compare_speed(build, ny=1000, nx=1000):
    if hasattr(os, "sched_setaffinity"):  # elsewhere, one thread each must do
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    timer = subprocess.Popen([f"{build}/tests/bench/time_fake", str(ny), str(nx)], text=True,
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    plan = float(timer.stdout.readline())
    amplitudes = amplitudes_of(ny, nx)
    ours, scratch, kept = [], [], []
    for seed in range(ROUNDS + 2):
        timer.stdin.write(f"{seed}\n")
        timer.stdin.flush()
        ours.append(float(timer.stdout.readline()))
        scratch.append(timed(fake_image, ny, nx, seed))
        kept.append(timed(fake_image, ny, nx, seed, amplitudes))
    timer.stdin.close()
    timer.wait()
    ours, scratch, kept = (1e3 * np.array(t[2:]) for t in (ours, scratch, kept))  # 2 to warm up
    print(f"speed: {ny} x {nx} in memory, one core, NumPy {np.__version__}, "
          f"{ROUNDS} rounds in turns, ms an image")
    print(f"  speedup generate       {spread(ours, ' ms')}; plan, once a size: {1e3 * plan:.1f} ms")
    print(f"  NumPy, from scratch    {spread(scratch, ' ms')}")
    print(f"  NumPy, grid kept       {spread(kept, ' ms')}")
    print(f"  faster than NumPy from scratch:    {spread(scratch / ours, 'x')}")
    print(f"  faster than NumPy with grid kept:  {spread(kept / ours, 'x')}")


if __name__ == "__main__":
    where = sys.argv[1] if len(sys.argv) > 1 else "build"
    same = compare_pixels(where)
    compare_speed(where)
    sys.exit(0 if same else 1)

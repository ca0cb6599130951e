#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a benchmark says beside other programs that come and go.

    python3 tests/bench/beside_load.py [--runs 32] [--budget 60] [--section activity] [--quiet 1.86] [BUILD]

Measures again and again, in turns with nothing beside it, with one program that computes all the time,
with two, and with one that begins in the middle and ends before the end. Prints a row for each: what
stood beside it, the verdict, the speedup of the strategy with the highest one, its interval and its
ceiling; at the end, how many intervals hold the quiet machine's value (--quiet, or else the median of
those runs that had nothing beside them and were fit to post). What must never be: a headline above its ceiling. What may be once in twenty: one that is fit to
post and whose interval does not hold the quiet value. A headline is one only where the verdict is that
it is fit to post.
"""
import argparse
import csv
import json
import multiprocessing
import pathlib
import statistics
import subprocess
import tempfile
import time

KINDS = ["none", "one", "two", "middle"]


def compute(delay, seconds):
    time.sleep(delay)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass


def hogs(kind, budget):
    """Processes that are in the way; they end by themselves, even if nobody stops them."""
    plans = {"none": [], "one": [(0, 3 * budget)], "two": [(0, 3 * budget)] * 2, "middle": [(budget / 3, budget / 3)]}
    started = [multiprocessing.Process(target=compute, args=plan, daemon=True) for plan in plans[kind]]
    for hog in started:
        hog.start()
    return started


def number(text):
    return float(text) if text else float("nan")


def measure(options, kind, directory):
    """One benchmark beside these hogs; its verdict and its best row."""
    beside = hogs(kind, options.budget)
    command = [options.build + "/speedup", "bench", "--budget", str(options.budget), "--out", directory]
    if options.section:
        command += ["--section", options.section]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=20 * options.budget + 60)
    for hog in beside:
        hog.terminate()
        hog.join()
    with open(directory + "/speedup.json") as file:
        verdict = json.load(file)["verdict"]
    text = verdict if isinstance(verdict, str) else verdict.get("text", str(verdict))
    with open(directory + "/summary.csv", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["status"] == "ok" and row["strategy"] != "serial" and row["speedup"]]
    return text, max(rows, key=lambda row: float(row["speedup"]), default=None)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=32)
    parser.add_argument("--budget", type=float, default=60)
    parser.add_argument("--section", default="activity", help="'' for a benchmark that is no section")
    parser.add_argument("--quiet", type=float, help="the speedup on the quiet machine")
    parser.add_argument("build", nargs="?", default="build")
    options = parser.parse_args()
    fit = []
    print(f"{'run':>3} {'beside':<7}{'speedup (95 % CI)':<22}{'ceiling':>8} verdict")
    for run in range(options.runs):
        kind = KINDS[run % len(KINDS)]
        with tempfile.TemporaryDirectory() as scratch:
            verdict, best = measure(options, kind, str(pathlib.Path(scratch) / "r"))
        if best is None:
            print(f"{run + 1:>3} {kind:<7}{'-':<22}{'-':>8} {verdict[:60]}", flush=True)
            continue
        value, low, high = (number(best[name]) for name in ("speedup", "speedup_low", "speedup_high"))
        ceiling = number(best["ceiling"])
        if verdict.startswith("fit"):
            fit.append((kind, value, low, high, ceiling))
        print(f"{run + 1:>3} {kind:<7}{f'{value:.2f} ({low:.2f}-{high:.2f})':<22}{ceiling:>8.2f} {verdict[:60]}", flush=True)
    quiet = options.quiet or statistics.median([row[1] for row in fit if row[0] == "none"] or [float("nan")])
    above = sum(value > 1.02 * ceiling for _, value, _, _, ceiling in fit)
    missed = sum(not low <= quiet <= high for _, _, low, high, _ in fit)
    print(f"\n{options.runs} runs: {len(fit)} fit to post; of these {above} above 1.02 times the ceiling, "
          f"{missed} whose interval does not hold the quiet value {quiet:.2f}")


if __name__ == "__main__":
    main()

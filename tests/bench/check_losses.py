#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Do the parts of what is missing to linear add up to it? Measures, and counts.

    python3 tests/bench/check_losses.py [--repeat 4] [BUILD]

Five workloads, five strategies each, on all cores: 100 configurations with --repeat 4, in about two
minutes. losses.csv has the parts and, in `rest`, what does not add up. Counted are those where the parts
without `rest` come within 2 % of the gap (workers - speedup), and within 2 % of one worker's share.
"""
import argparse
import collections
import csv
import os
import subprocess
import tempfile

STRATEGIES = "pool,fork,pthreads,openmp,process-pool"
PARTS = "counting", "uneven", "handout", "start_stop", "waiting", "taken_away", "slower_tasks"
WORKLOADS = {
    "median, whole images": ["--size", "500x500"],
    "median, bands": ["--size", "500x500", "--grain", "band", "--images", "5"],
    "histogram, 25 small images": ["--filter", "highpass-histogram", "--size", "150x150"],
    "product in plain C": ["--filter", "dot-loops", "--size", "300x300", "--images", "13"],
    "tasks that wait": ["--filter", "wait", "--latency", "5"],
}


def measure(program, options, directory):
    workers = os.cpu_count() or 2
    subprocess.run([program, "bench", "--strategies", STRATEGIES, "--workers", str(workers), "--rounds", "2",
                    "--out", directory, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    with open(os.path.join(directory, "losses.csv"), newline="") as file:
        return [row for row in csv.DictReader(file) if int(row["workers"]) > 1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=4)
    parser.add_argument("build", nargs="?", default="build")
    options = parser.parse_args()
    counts = collections.defaultdict(lambda: [0, 0, 0, 0.0])
    for _ in range(options.repeat):
        for name, flags in WORKLOADS.items():
            with tempfile.TemporaryDirectory() as scratch:
                for row in measure(options.build + "/speedup", flags, os.path.join(scratch, "r")):
                    gap, found = float(row["gap"]), sum(float(row[part]) for part in PARTS)
                    count = counts[name]
                    count[0] += 1
                    count[1] += abs(found - gap) <= 0.02 * abs(gap)
                    count[2] += abs(found - gap) <= 0.02
                    count[3] = max(count[3], abs(found - gap))
    print(f"{'workload':<28}{'runs':>5}{'within 2 % of the gap':>24}{'within 0.02 of speedup':>25}{'largest':>10}")
    for name, (runs, of_gap, of_one, largest) in counts.items():
        print(f"{name:<28}{runs:>5}{of_gap:>24}{of_one:>25}{largest:>10.4f}")
    total = [sum(count[i] for count in counts.values()) for i in range(3)]
    print(f"{'all':<28}{total[0]:>5}{total[1]:>24}{total[2]:>25}")


if __name__ == "__main__":
    main()

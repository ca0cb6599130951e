#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How good are forecasts? Lets benchmarks bet before they measure, and counts.

    python3 tests/bench/check_forecast.py [--trials 10] [--out DIR] [--workers 2]

Each trial is a benchmark of one strategy on 1 and on WORKERS workers. Its forecast is made from runs on
1 worker only, before all others (forecast.csv). Then: how far is the median of the measured runs from
it, and how many single runs lie in its band? Wanted on a quiet machine: within 5 %, and 90 to 98 of 100.
Results of earlier calls in DIR are counted as well. About 10 s a trial on 2 cores. Python 3 alone.
"""

import argparse
import csv
import os
import statistics
import subprocess

STRATEGIES = "pool", "fork", "pthreads", "openmp", "process-pool"


def measure(program, out, strategy, workers):
    subprocess.run(
        [program, "bench", "--strategies", strategy, "--workers", "1,%d" % workers, "--size", "600x600",
         "--rounds", "8", "--out", out],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)


def rows(directory, name):
    with open(os.path.join(directory, name), newline="") as file:
        return list(csv.DictReader(file))


def had_its_cores(row, workers):
    """Whether the run had its cores: CPU seconds / (wall time * workers)."""
    return float(row["user_s"]) + float(row["sys_s"]) > 0.9 * workers * float(row["wall_s"]) * min(1, 12.5 / 13)


def look(directory, workers):
    forecast = next(r for r in rows(directory, "forecast.csv") if int(r["workers"]) == workers)
    runs = rows(directory, "runs.csv")
    serial = {r["round"]: r for r in runs if r["strategy"] == "serial" and r["status"] == "ok"}
    # Of a round that is there twice, having been disturbed, the later run counts.
    own = {r["round"]: r for r in runs if r["strategy"] == forecast["strategy"]
           and int(r["workers"]) == workers and r["status"] == "ok"}.values()
    walls = [float(r["wall_s"]) for r in own]
    speedups = [float(serial[r["round"]]["wall_s"]) / float(r["wall_s"]) for r in own]
    low, high = float(forecast["speedup_low"]), float(forecast["speedup_high"])
    wall_low, wall_high = float(forecast["wall_low_s"]), float(forecast["wall_high_s"])
    return {
        "strategy": forecast["strategy"],
        "forecast": float(forecast["speedup"]),
        "measured": statistics.median(speedups),
        "wall_error": statistics.median(walls) / float(forecast["wall_s"]) - 1,
        "runs": len(own),
        "held": sum(low <= s <= high for s in speedups),
        "wall_held": sum(wall_low <= w <= wall_high for w in walls),
        "quiet": sum(had_its_cores(r, workers) and had_its_cores(serial[r["round"]], 1) for r in own),
        "width": high / low,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--trials", type=int, default=10)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", default="build/check-forecast")
    parser.add_argument("--program", default="build/speedup")
    options = parser.parse_args()
    os.makedirs(options.out, exist_ok=True)
    begin = len(os.listdir(options.out))
    for i in range(begin, begin + options.trials):
        measure(options.program, os.path.join(options.out, "%04d" % i), STRATEGIES[i % len(STRATEGIES)],
                options.workers)
    trials = []
    for name in sorted(os.listdir(options.out)):
        directory = os.path.join(options.out, name)
        if os.path.exists(os.path.join(directory, "report.md")):
            trials.append(look(directory, options.workers))
    print("strategy      forecast  measured  error   in band   wall: error   in band  had its cores   band")
    for t in trials:
        print("%-13s %8.2f  %8.2f  %+4.1f %%   %d of %d       %+5.1f %%    %d of %d         %d of %d   x %.2f" % (
            t["strategy"], t["forecast"], t["measured"], 100 * (t["measured"] / t["forecast"] - 1), t["held"],
            t["runs"], 100 * t["wall_error"], t["wall_held"], t["runs"], t["quiet"], t["runs"], t["width"]))
    for title, chosen in (("all", trials), ("quiet", [t for t in trials if t["quiet"] >= 0.75 * t["runs"]])):
        if chosen:
            errors = [abs(t["measured"] / t["forecast"] - 1) for t in chosen]
            runs = sum(t["runs"] for t in chosen)
            print("%s: %d trials; speedup within 5 %%: %d; median error %.1f %%, largest %.1f %%; "
                  "speedups in the band: %.1f %% of %d, wall times: %.1f %%" % (
                      title, len(chosen), sum(e <= 0.05 for e in errors), 100 * statistics.median(errors),
                      100 * max(errors), 100 * sum(t["held"] for t in chosen) / runs, runs,
                      100 * sum(t["wall_held"] for t in chosen) / runs))


if __name__ == "__main__":
    main()

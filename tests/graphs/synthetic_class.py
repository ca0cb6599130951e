#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes up the submissions of a class, to look at its page and to time `speedup compare`.

    python3 tests/graphs/synthetic_class.py OUT [COUNT]

writes COUNT (30) files into OUT: hybrid laptops, servers, machines with one core, noisy ones, wrong
ones, some with names that try to break the page; and, beside COUNT, files that are no submissions. Then

    build/speedup compare OUT --me ada --out OUT/..

The figures come from a simple model with a fixed seed; they look like measurements and are none.
"""

import json
import os
import random
import sys

# Processor, system, cores, hardware threads, t0 in seconds, what all cores together reach.
KINDS = [
    ("12th Gen Intel(R) Core(TM) i5-1240P", "Linux 6.8.0-45-generic", 12, 16, 0.30, 0.55),
    ("13th Gen Intel(R) Core(TM) i7-1360P", "Linux 5.15.153.1-microsoft-standard-WSL2", 12, 16, 0.26, 0.5),
    ("Intel(R) Core(TM) i7-8550U CPU @ 1.80GHz", "Linux 6.1.0-25-amd64", 4, 8, 0.45, 0.75),
    ("AMD Ryzen 7 5800U with Radeon Graphics", "Linux 6.10.6-200.fc40.x86_64", 8, 16, 0.31, 0.8),
    ("AMD Ryzen 5 3500U", "Linux 5.15.153.1-microsoft-standard-WSL2", 4, 8, 0.48, 0.85),
    ("Apple M1", "Darwin 23.6.0", 8, 8, 0.22, 0.62),
    ("Apple M3 Pro", "Darwin 24.0.0", 12, 12, 0.17, 0.66),
    ("Intel(R) Core(TM) i5-7360U CPU @ 2.30GHz", "Darwin 22.6.0", 2, 4, 0.44, 0.95),
    ("Intel(R) Xeon(R) Platinum 8370C CPU @ 2.80GHz", "Linux 6.5.0-1025-azure", 2, 2, 0.42, 0.97),
    ("AMD EPYC 7763 64-Core Processor", "Linux 6.5.0-1025-azure", 64, 128, 0.35, 0.45),
    ("Cortex-A76", "Linux 6.6.31+rpt-rpi-2712", 4, 4, 1.4, 0.88),
    ("Intel(R) Celeron(R) N4000 CPU @ 1.10GHz", "Linux 6.1.0-25-amd64", 1, 1, 1.1, 1.0),
]
NAMES = ("ada grace alan edsger barbara donald dennis ken linus margaret katherine dorothy mary "
         "annie john claude kurt emmy sofja hypatia maryam terence srinivasa leonhard carl "
         "pierre blaise gottfried isaac johannes").split()
HOSTILE = ["<script>alert(1)</script>", "\" onload=\"alert(1)", "a&b</title></svg>", "=HYPERLINK(1)",
           "\u202egnp.exe", "\u7a7a\u767d\u7684\u540d\u5b57", "x" * 300, "tab\tline\nend\x1b[31m"]


def submission(rng, name, kind, spoil=None):
    cpu, system, cores, threads, t0, share = kind
    t0 *= rng.lognormvariate(0, 0.06)
    share = min(1.02, share * rng.lognormvariate(0, 0.06))
    points = []
    numbers = sorted({w for w in (1, 2, 4, 8, 16, 32, 64, 128) if w < cores} | {cores, threads})
    for workers in numbers:
        used = min(workers, cores)
        part = 1 if cores == 1 else (used - 1) / (cores - 1)
        ceiling = 25 / -(-25 // workers) if workers < 25 else 25
        speedup = min(used * (1 - (1 - share) * part), ceiling)
        speedup *= 1.1 if workers > cores else 1
        width = 0.4 if spoil == "noisy" else 0.02
        points.append({"workers": workers, "strategy": rng.choice(["pool", "openmp", "pthreads"]),
                       "wall_s": 25 * t0 / speedup, "speedup": speedup,
                       "speedup_low": None if spoil == "few" else speedup * (1 - width / 2),
                       "speedup_high": None if spoil == "few" else speedup * (1 + width / 2)})
    if spoil == "impossible":
        points[-1].update(speedup=threads * 3, speedup_low=threads * 3, speedup_high=threads * 3)
    size = 500 if spoil == "other" else 1000
    disturbed = spoil == "disturbed"
    return {"submission": 1, "name": name, "date": "2026-11-24", "version": "made up",
            "machine": {"cpu": cpu, "system": system, "core_kinds": "", "cores": cores,
                        "threads": threads, "quota": 0.0},
            "work": {"filter": "highpass", "images": 25, "ny": size, "nx": size, "window": 25,
                     "tasks": 25},
            "t0_s": t0, "tp_s": min(p["wall_s"] for p in points), "speedups": points,
            "losses": None, "wrong_results": spoil == "wrong",
            "verdict": "disturbed: other programs kept 2.1 of 4 cores busy" if disturbed
            else "fit to post",
            "fit_to_post": spoil is None, "why_not": "", "posted_anyway": disturbed}


def main():
    out, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 30
    rng = random.Random(7)
    os.makedirs(out, exist_ok=True)
    spoils = {7: "noisy", 10: "wrong", 15: "impossible", 19: "few", 22: "disturbed", 27: "other"}
    for i in range(count):
        name = NAMES[i % 30] + (str(i // 30) if i >= 30 else "")
        if 20 < i < 30 and i - 21 < len(HOSTILE):
            name = HOSTILE[i - 21]
        with open(f"{out}/{i:05}.speedup.json", "w", encoding="utf-8") as file:
            json.dump(submission(rng, name, KINDS[i % len(KINDS)], spoils.get(i)), file)
    for name, text in (("empty.json", ""), ("notes.json", '{"shopping": ["milk"]}'),
                       ("cut.json", '{"submission": 1, "name": "cu'), ("table.csv", "a,b\n1,2\n"),
                       ("huge.json", '{"submission": 1, "name": "h", "speedups": []}'),
                       ("<b>.json", "[" * 100)):
        with open(f"{out}/{name}", "w", encoding="utf-8") as file:
            file.write(text)


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes up result directories of machines that are not at hand, so that their graphs can be looked at.

    python3 tests/graphs/synthetic_results.py OUT [PROGRAM]

writes OUT/CASE for each case below, with PROGRAM (build/speedup) draws the graphs of each and of their
comparisons, writes the pages of classes (class-1 to class-37, from synthetic_class.py), and then puts
two views of each picture beside it: NAME.600.png, 600 pixels wide as it stands in a post, and
NAME.grey.png (where ImageMagick or Pillow is installed). The figures come from a simple model with
a fixed seed; they look like measurements and are none. Python 3 alone, no NumPy.
"""

import glob
import heapq
import math
import os
import random
import shutil
import struct
import subprocess
import sys

# Of a strategy: seconds to start a worker, seconds a task for handing it out, share of the cores'
# speed that its tasks get, and whether its memory grows with each worker.
STRATEGIES = {
    "serial": (0, 0, 1, False),
    "fork": (0.002, 0, 0.97, True),
    "fork-pipe": (0.002, 0.004, 0.9, True),
    "pthreads": (0.0002, 0, 0.99, False),
    "pool": (0.0001, 1e-5, 1, False),
    "process-pool": (0.0015, 2e-5, 0.98, True),
    "openmp": (0.0001, 1e-5, 0.995, False),
    "global-lock": (0.0002, 0, 0.99, False),
    "spawn": (0.02, 0, 0.93, True),
    "programs": (0.004, 0.012, 0.9, True),
    "gnu-parallel": (0.08, 0.02, 0.85, True),
    "mpi": (0.25, 0.001, 0.93, True),
    "mine": (0.01, 0.0001, 0.8, False),
}
TWELVE = [name for name in STRATEGIES if name != "mine"]


class Machine:
    """Cores of given speeds, fastest first, each with so many hardware threads."""

    def __init__(self, name, speeds, threads_each, second=1.25):
        self.name, self.cores = name, len(speeds)
        first = list(speeds)
        self.threads = sum(threads_each)
        # Two threads of a core share its speed, and together have `second` times as much of it.
        self.speeds = first
        self.shared = [s * second / 2 for s, n in zip(speeds, threads_each) if n > 1]

    def workers_at(self, workers):
        """The speeds of so many workers, one a core while there are cores."""
        speeds = self.speeds[:workers]
        for i in range(max(0, min(workers, self.threads) - self.cores)):
            speeds[i] = self.shared[i]
            speeds.append(self.shared[i])
        while len(speeds) < workers:  # more workers than threads: they take turns
            speeds.append(min(speeds) * 0.1)
        return speeds

    def kinds(self):
        """As machine.txt has them."""
        kinds = sorted(set(self.speeds), reverse=True)
        second = len(self.shared)
        texts = ["%d cores, %d threads: %g (measured)" % (
            self.speeds.count(s), self.speeds.count(s) + (second if s == kinds[0] else 0), s) for s in kinds]
        return "; ".join(texts + (["second thread: 0.25 (measured)"] if second else []))

    def sweep(self):
        numbers = [w for w in (2**k for k in range(12)) if w < self.cores] + [self.cores]
        return numbers + ([self.threads] if self.threads > self.cores else [])


MACHINES = {
    "1": Machine("Synthetic Single", [1], [1]),
    "2": Machine("Synthetic Twin CPU @ 2.50GHz", [1, 1], [1, 1]),
    "12": Machine("Synthetic Hybrid i5 (4P + 8E)", [1] * 4 + [0.6] * 8, [2] * 4 + [1] * 8),
    "32": Machine("Synthetic Ryzen 16-Core Processor", [1] * 16, [2] * 16),
    "128": Machine("Synthetic Xeon(R) Platinum 8592+ CPU @ 1.90GHz", [1] * 64, [2] * 64),
}


def play(tasks, speeds, handing_s, lock_held):
    """Hands out tasks of the given seconds to whoever is free: (worker, start, end) of each."""
    free = [(0.0, w) for w in range(len(speeds))]
    heapq.heapify(free)
    lock_s, trace = 0.0, []
    for seconds in tasks:
        now, worker = heapq.heappop(free)
        begin = (max(now, lock_s) if lock_held else now) + handing_s
        end = begin + seconds / speeds[worker]
        lock_s = end
        trace.append((worker, begin, end))
        heapq.heappush(free, (end, worker))
    return trace


class Case:
    def __init__(self, machine, strategies, tasks=25, task_s=0.03, noise=0.01, filter="highpass",
                 sizes=("1000", "1000"), latency_s="", workers=None, blas=(), bad=(), modes=False):
        self.machine, self.strategies = MACHINES[machine], strategies
        self.tasks, self.task_s, self.noise = tasks, task_s, noise
        self.filter, self.sizes, self.latency_s = filter, sizes, latency_s
        self.workers, self.blas, self.bad, self.modes = workers, blas, bad, modes


CASES = {
    "1": Case("1", TWELVE),
    "2": Case("2", TWELVE, noise=0.03),
    "12-hybrid": Case("12", TWELVE, modes=True),
    "32": Case("32", TWELVE, tasks=100),
    "128": Case("128", TWELVE, tasks=1000, task_s=0.02, noise=0.02),
    "128-few-tasks": Case("128", TWELVE),
    "every-worker": Case("12", ["serial", "pool", "openmp", "mine"], workers=range(1, 13)),
    "holes": Case("32", ["serial", "fork", "pool", "mine"], tasks=40,
                  bad={("pool", 4), ("pool", 8), ("fork", 16), ("fork", 32), ("mine", 2)}),
    "one-good": Case("2", ["serial", "pool"], bad={("pool", 1), ("pool", 2)}),
    "wait": Case("12", ["serial", "pthreads", "pool", "process-pool", "openmp"], tasks=100,
                 task_s=0.005, filter="wait", sizes=("", ""), latency_s="0.005",
                 workers=[1, 2, 4, 8, 16, 32, 64]),
    "blas": Case("12", ["serial", "blas", "pool", "openmp"], filter="dot", blas=(1, 4, 16),
                 task_s=0.2),
    "noisy": Case("2", TWELVE, noise=0.3),
    "unlike": Case("12", ["serial", "fork", "pool"], tasks=60, sizes=("", "")),
}

SUMMARY = ("schema,host,cpu,cores,threads,quota,filter,strategy,workers,grain,blas_threads,io,bind,"
           "ny,nx,window,tasks,rounds,t0_s,wall_median_s,wall_low_s,wall_high_s,speedup,speedup_low,"
           "speedup_high,activity_speedup,ceiling,efficiency,karp_flatt,cpu_utilisation,max_rss_kib,"
           "status,lock,latency_s,blas_asked,gflops,images,machine_ceiling")
TRACE = "strategy,workers,filter,task,worker,start_s,end_s,lock,blas_asked"
FORECAST = ("strategy,workers,filter,wall_s,wall_low_s,wall_high_s,speedup,speedup_low,speedup_high,"
            "from_workers,from_runs,lock,blas_asked,benchmark")
RESOURCES = ("filter,strategy,workers,time_s,cpu_percent,memory_kib,processes,threads,lock,"
             "blas_asked")


def number(value):
    return "" if value is None else "%.9g" % value


def measure(case, dice, strategy, workers, lock, blas):
    """One configuration: its tasks and the seconds that it took."""
    start_s, handing_s, share, _ = STRATEGIES.get(strategy, (0, 0, 1, False))
    tasks = [case.task_s * (1 + dice.gauss(0, 0.02)) for _ in range(case.tasks)]
    if strategy == "blas":  # its workers share each task
        power = sum(case.machine.workers_at(workers)) ** 0.9
        speeds, tasks = [1.0], [t / power for t in tasks]
    elif case.latency_s:  # waiting needs no core
        speeds = [1.0] * workers
    else:
        speeds = [s * share for s in case.machine.workers_at(workers)]
        if blas > 1:
            factor = min(1.0, case.machine.threads / (workers * blas)) * min(blas, 8) ** 0.8
            speeds = [s * max(factor, 0.5) for s in speeds]
    trace = play(tasks, speeds, handing_s, lock == "held")
    trace = [(w, a + start_s * (1 + w / 8), b + start_s * (1 + w / 8)) for w, a, b in trace]
    return trace, max(end for _, _, end in trace)


def configurations(case):
    for strategy in case.strategies:
        numbers = [1] if strategy == "serial" else case.workers or case.machine.sweep()
        locks = ("held", "released") if strategy == "global-lock" and case.modes else (
            ("held",) if strategy == "global-lock" else ("none",))
        layers = (0,) if not case.blas else (1,) if strategy in ("serial", "blas") else case.blas
        for lock in locks:
            for blas in layers:
                for workers in numbers:
                    yield strategy, workers, lock, workers if strategy == "blas" else blas


def write_case(case, directory):
    dice = random.Random(directory.rsplit("/", 1)[-1])
    os.makedirs(directory, exist_ok=True)
    machine, summary, traces, resources = case.machine, [SUMMARY], [TRACE], [RESOURCES]
    serial_s = None
    for strategy, workers, lock, blas in configurations(case):
        trace, wall_s = measure(case, dice, strategy, workers, lock, blas)
        serial_s = serial_s or wall_s
        ok = (strategy, workers) not in case.bad
        spread = abs(dice.gauss(0, case.noise)) + 0.3 * case.noise
        speedup = serial_s / wall_s
        ceiling = workers if strategy == "blas" else case.tasks / math.ceil(case.tasks / workers)
        speedup = min(speedup, ceiling) if not case.blas else speedup
        wall_s = serial_s / speedup
        busy = sum(b - a for _, a, b in trace) / (wall_s * workers)
        memory = 60e3 + 9e3 * workers * (1 + STRATEGIES.get(strategy, (0, 0, 1, False))[3])
        figures = [6, case.task_s, wall_s, wall_s * (1 - spread), wall_s * (1 + spread), speedup,
                   speedup * (1 - spread), speedup * (1 + spread),
                   case.tasks * case.task_s / wall_s, ceiling, speedup / workers, None, busy, memory]
        if strategy == "serial":
            figures[6] = figures[7] = 1
        if not ok:
            figures[0], figures[2:9], figures[10:] = 0, [None] * 7, [None] * 4
        asked = str(blas) if case.blas else ""
        gflops = number(2 * case.tasks / wall_s * 0.2 * 10) if case.blas and ok else ""
        summary.append(",".join(
            ["1", "synthetic", machine.name, str(machine.cores), str(machine.threads), "",
             case.filter, strategy, str(workers), "image", asked, "memory", "cores", *case.sizes,
             "50", str(case.tasks)] + [number(f) for f in figures] +
            ["ok" if ok else "wrong", lock, case.latency_s, asked, gflops, str(case.tasks),
             "" if case.latency_s or case.blas else number(min(ceiling, sum(machine.workers_at(workers))))]))
        if not ok:
            continue
        for task, (worker, begin, end) in enumerate(trace):
            traces.append(",".join([strategy, str(workers), case.filter, str(task), str(worker),
                                    number(begin), number(end), lock, asked]))
        time_s = 0.05
        while time_s < wall_s:
            at_work = sum(a < time_s < b for _, a, b in trace)
            percent = 0 if case.latency_s else 100 * at_work * dice.uniform(0.85, 1)
            grown = memory * min(1, 0.4 + time_s / wall_s)
            resources.append(",".join([case.filter, strategy, str(workers), number(time_s),
                                       number(percent), str(int(grown)), "1", str(workers), lock,
                                       asked]))
            time_s += 0.05
    for name, rows in (("summary", summary), ("trace", traces), ("resources", resources)):
        with open("%s/%s.csv" % (directory, name), "w", encoding="utf-8") as file:
            file.write("\n".join(rows) + "\n")
    with open(directory + "/machine.txt", "w", encoding="utf-8") as file:
        file.write("core-speeds      %s\n" % machine.kinds())
    write_forecast(case, directory)
    if not case.latency_s:
        write_images(dice, directory, 300, 400)


def write_forecast(case, directory):
    """A bet on pool: what counting and the machine allow, and 6 % to either side."""
    numbers = case.workers or case.machine.sweep()
    if "pool" not in case.strategies or len(numbers) < 2 or case.latency_s or case.blas:
        return
    with open(directory + "/forecast.csv", "w", encoding="utf-8") as file:
        file.write(FORECAST + "\n")
        for workers in numbers:
            speedup = min(case.tasks / math.ceil(case.tasks / workers), sum(case.machine.workers_at(workers)))
            wall_s = case.tasks * case.task_s / speedup
            file.write(",".join(["pool", str(workers), case.filter] + [number(f) for f in (
                wall_s, 0.94 * wall_s, 1.06 * wall_s, speedup, 0.94 * speedup, 1.06 * speedup)] +
                ["1", "5", "none", "", ""]) + "\n")


def write_fits(path, ny, nx, pixels):
    cards = ["SIMPLE  =                    T", "BITPIX  =                  -64",
             "NAXIS   =                    2", "NAXIS1  = %20d" % nx, "NAXIS2  = %20d" % ny, "END"]
    header = "".join(card.ljust(80) for card in cards).encode()
    data = struct.pack(">%dd" % (ny * nx), *pixels)
    with open(path, "wb") as file:
        file.write(header.ljust(-len(header) % 2880 + len(header)))
        file.write(data.ljust(-len(data) % 2880 + len(data), b"\0"))


def write_images(dice, directory, ny, nx, flat=False):
    a, b = dice.uniform(2, 5), dice.uniform(2, 5)
    smooth = [0.0 if flat else 2e-5 * (math.sin(a * x / nx) + math.cos(b * y / ny))
              for y in range(ny) for x in range(nx)]
    rough = [0.0 if flat else dice.gauss(0, 1e-6) for _ in smooth]
    write_fits(directory + "/original.fits", ny, nx, [s + r for s, r in zip(smooth, rough)])
    write_fits(directory + "/filtered.fits", ny, nx, rough)


def write_small_images(out):
    """Images of so few pixels, and one without any contrast; with a summary as small."""
    for side in (1, 2, 9, 10, 11, 12):
        for flat in (False, True):
            directory = "%s/image-%dx%d%s" % (out, side, side, "-flat" if flat else "")
            write_case(Case("2", ["serial", "pool"]), directory)
            write_images(random.Random(side), directory, side, side, flat)


def look(out):
    """Each picture once more as it looks in a post, 600 pixels wide, and printed without colours."""
    views = views_by_pillow() or views_by_magick()
    if not views:
        print("No small and no grey pictures: they take ImageMagick (Debian: imagemagick, Homebrew: "
              "imagemagick) or Pillow (python3-pil).")
        return
    for path in sorted(glob.glob(out + "/**/*.png", recursive=True)):
        if not path.endswith((".600.png", ".grey.png")):
            views(path, path[:-len(".png")])


def views_by_pillow():
    try:
        from PIL import Image
    except ImportError:
        return None

    def views(path, stem):
        picture = Image.open(path).convert("RGB")
        height = picture.height * 600 // picture.width
        picture.resize((600, height), Image.LANCZOS).save(stem + ".600.png")
        picture.convert("L").save(stem + ".grey.png")
    return views


def views_by_magick():
    program = shutil.which("magick") or shutil.which("convert")
    if not program or subprocess.run([program, "-version"], stdout=subprocess.DEVNULL,
                                     stderr=subprocess.DEVNULL, check=False).returncode != 0:
        return None

    def views(path, stem):
        subprocess.run([program, path, "-resize", "600x", stem + ".600.png"], check=True)
        subprocess.run([program, path, "-colorspace", "Gray", stem + ".grey.png"], check=True)
    return views


def compare(out, program):
    """A few results, all of them, and the pages of classes."""
    def run(to, *operands):
        subprocess.run([program, "compare", "--out", out + "/" + to, *operands], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    run("compare", "--all", *[out + "/" + name for name in CASES if name[0].isdigit()])
    run("compare-many", "--all", *sorted(os.path.dirname(p) for p in glob.glob(out + "/*/summary.csv")))
    made_up = os.path.join(os.path.dirname(os.path.abspath(__file__)), "synthetic_class.py")
    for count in (1, 5, 30, 37):
        submissions = "%s/submissions-%d" % (out, count)
        subprocess.run([sys.executable, made_up, submissions, str(count)], check=True)
        run("class-%d" % count, submissions, "--me", "ada")


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: synthetic_results.py OUT [PROGRAM]")
    out = sys.argv[1].rstrip("/")
    for name, case in CASES.items():
        write_case(case, "%s/%s" % (out, name))
    write_small_images(out)
    if len(sys.argv) == 2:
        return
    directories = sorted(os.path.dirname(path) for path in glob.glob(out + "/*/summary.csv"))
    for directory in directories:
        subprocess.run([sys.argv[2], "plot", directory], check=True)
    compare(out, sys.argv[2])
    look(out)


if __name__ == "__main__":
    main()

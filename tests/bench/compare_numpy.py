#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Times the filters dot-loops, dot-blocked, dot-gemm and dot beside NumPy's mat.dot(mat.T), on 1, 2,
... threads, all taking turns.

    python3 tests/bench/compare_numpy.py [BUILD]      (BUILD: build, after make bench-dot)

Needs NumPy (python3-numpy). Everything runs in a process of its own with OPENBLAS_NUM_THREADS and
its like set; NumPy and the filters load the same BLAS where both follow the system's alternatives
(Debian). The matrix is the lesson's: 1000 x 1500. NumPy takes SYRK for this product, as dot does,
half the operations of GEMM; GFLOP/s are of the operations that each really does. Prints for each
the least, the median and the largest, and the ratios of what ran in the same round.
"""
import os
import random
import statistics
import subprocess
import sys
import time

NY, NX = 1000, 1500
GEMM, SYRK = 2 * NY * NY * NX, NY * (NY + 1) * NX
ROUNDS, LOOPS_ROUNDS = 41, 3
PAUSE_S = 0.05  # the threads of OpenBLAS keep a core busy for a while after each product


def numpy_worker():
    """One product for each line that comes in; prints the seconds it took."""
    import numpy
    matrix = numpy.random.default_rng(1).normal(size=(NY, NX))
    for _ in sys.stdin:
        start = time.perf_counter()
        matrix.dot(matrix.T)
        print(time.perf_counter() - start, flush=True)


class Worker:
    """A process that does one product for each line."""

    def __init__(self, arguments, threads):
        names = ["OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "OMP_NUM_THREADS"]
        environment = dict(os.environ, **{name: str(threads) for name in names})
        cores = set(list(sorted(os.sched_getaffinity(0)))[:threads])
        self.process = subprocess.Popen(
            arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
            preexec_fn=lambda: os.sched_setaffinity(0, cores))
        self.times = []

    def run(self, keep=True):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit("compare_numpy.py: a measurement died; what it said is above")
        if keep:
            self.times.append(float(answer))

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def line(name, values):
    print(f"{name:44s} {min(values):8.2f} {statistics.median(values):8.2f} {max(values):8.2f}")


def main():
    build = sys.argv[1] if len(sys.argv) > 1 else "build"
    try:
        import numpy
    except ImportError as problem:
        sys.exit(f"compare_numpy.py: {problem}; install python3-numpy, and name a Python that "
                 "has it: make bench-dot PYTHON=/usr/bin/python3")
    counts = sorted({1, 2, len(os.sched_getaffinity(0))})
    counts = [n for n in counts if n <= len(os.sched_getaffinity(0))]

    def ours(name, threads):
        return Worker([build + "/tests/bench/bench_filters", "--one", name, str(NY), str(NX), "1"], threads)

    slow = ours("dot-loops", 1)
    plain = {name: ours(name, 1) for name in ("dot-blocked", "dot-gemm")}
    syrk = {n: ours("dot", n) for n in counts}
    theirs = {n: Worker([sys.executable, __file__, "--numpy"], n) for n in counts}
    together = [*plain.values(), *(w for n in counts for w in (syrk[n], theirs[n]))]
    for worker in together:
        worker.run(keep=False)  # warm up
    for i in range(ROUNDS):
        if i < LOOPS_ROUNDS:
            slow.run()
        for worker in random.sample(together, len(together)):
            time.sleep(PAUSE_S)
            worker.run()
    for worker in [slow, *together]:
        worker.close()

    def speed(worker, operations):
        return [operations / t / 1e9 for t in worker.times]

    print(f"matrix of {NY}x{NX} times its transpose, NumPy {numpy.__version__}, {ROUNDS} rounds\n")
    print(f"{'GFLOP/s':44s} {'min':>8s} {'median':>8s} {'max':>8s}")
    line("dot-loops, 1 thread", speed(slow, GEMM))
    line("dot-blocked, 1 thread", speed(plain["dot-blocked"], GEMM))
    line("dot-gemm (GEMM), 1 thread", speed(plain["dot-gemm"], GEMM))
    for n in counts:
        line(f"dot (SYRK), {n} thread{'s' * (n > 1)}", speed(syrk[n], SYRK))
        line(f"NumPy (SYRK), {n} thread{'s' * (n > 1)}", speed(theirs[n], SYRK))
    print(f"\n{'ratios within a round':44s} {'min':>8s} {'median':>8s} {'max':>8s}")
    for n in counts:
        line(f"speed of dot / NumPy, {n} thread{'s' * (n > 1)}",
             [b / a for a, b in zip(syrk[n].times, theirs[n].times)])
    for n in counts[1:]:
        line(f"dot, {n} threads / 1", [a / b for a, b in zip(syrk[1].times, syrk[n].times)])
        line(f"NumPy, {n} threads / 1", [a / b for a, b in zip(theirs[1].times, theirs[n].times)])


if __name__ == "__main__":
    numpy_worker() if sys.argv[1:] == ["--numpy"] else main()

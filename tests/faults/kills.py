#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills `speedup bench` (SIGKILL, of the program itself) at random moments of every strategy, and looks
at what is left a second later: processes, shared memory, temporary files, hidden files in the result
directory. Then `bench --resume` must complete the benchmark, with every round once. Linux only (/proc).

    tests/faults/kills.py [--speedup build/speedup] [--kills 4] [--seed 1] [STRATEGY]...

The last line counts; exit code 1 where something was left or not gone on with."""
import argparse
import csv
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

MARK = "SPEEDUP_KILLS_MARK"


def processes(mark):
    """Those that have inherited the mark: (number, command line)."""
    found = []
    for name in os.listdir("/proc"):
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/environ", "rb") as file:
                if f"{MARK}={mark}".encode() not in file.read().split(b"\0"):
                    continue
            with open(f"/proc/{name}/cmdline", "rb") as file:
                found.append((int(name), file.read().replace(b"\0", b" ").decode(errors="replace")))
        except OSError:
            pass  # it has ended
    return found


def strategies(speedup):
    """All that can run here, by their names."""
    text = subprocess.run([speedup, "list"], capture_output=True, text=True, check=True).stdout
    part = text[text.index("Strategies") if "Strategies" in text else text.index("strategies"):]
    names = [line.split()[0] for line in part.splitlines()[1:] if line.strip()]
    return [name for name in names if name not in ("serial", "mine", "inside")]


def command(speedup, strategy, directory, rounds):
    words = [speedup, "bench", "--strategies", strategy, "--workers", "2", "--rounds", str(rounds),
             "--out", directory]
    if strategy == "blas":
        return words + ["--filter", "dot", "--images", "2", "--size", "600x600"]
    words += ["--images", "6", "--size", "200x200", "--window", "20"]
    if strategy in ("programs", "gnu-parallel", "mpi"):
        words += ["--io", "files"]
    return words


def hidden(directory):
    return [name for name in os.listdir(directory) if name.startswith(".")] if os.path.isdir(directory) else []


def wait_for(condition, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end and not condition():
        time.sleep(0.005)
    return condition()


def rows(directory):
    try:
        with open(os.path.join(directory, "runs.csv"), encoding="utf-8") as file:
            return sum(1 for _ in file) - 1
    except OSError:
        return -1


def check_result(directory, strategy, rounds):
    with open(os.path.join(directory, "runs.csv"), encoding="utf-8") as file:
        runs = list(csv.DictReader(file))
    broken = [run for run in runs if None in run.values() or None in run]
    if broken:
        return [f"half a row in runs.csv: {broken}"]
    got = sorted((run["strategy"], int(run["round"])) for run in runs)
    wanted = sorted((name, n) for name in ("serial", strategy) for n in range(1, rounds + 1))
    faults = [] if got == wanted else [f"rows of runs.csv: {got}"]
    with open(os.path.join(directory, "summary.csv"), encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["status"] != "ok" or int(row["rounds"]) != rounds:
                faults.append(f"summary: {row['strategy']} {row['status']} {row['rounds']}")
    return faults


def kill_once(speedup, strategy, chance, place, rounds):
    directory, temporary = os.path.join(place, "r"), os.path.join(place, "tmp")
    os.mkdir(temporary)
    mark = f"{os.getpid()}-{strategy}-{chance.random()}"
    environment = dict(os.environ, TMPDIR=temporary, **{MARK: mark})
    memory = set(os.listdir("/dev/shm"))
    words = command(speedup, strategy, directory, rounds)
    faults, died_in = [], []
    child = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL,
                             stderr=subprocess.PIPE)
    for attempt in range(2):
        before = rows(directory) if attempt else 0
        wanted = before + chance.randint(0, 2 * rounds - 2)
        wait_for(lambda: child.poll() is not None or rows(directory) >= wanted, 60)
        time.sleep(chance.random() * 0.15)
        ended = child.poll() is not None
        child.send_signal(signal.SIGKILL)
        child.stderr.read() if ended else None
        child.wait()
        died_in.append("ended" if ended else str(rows(directory)))
        if not wait_for(lambda: not processes(mark), 1):
            faults.append(f"processes a second later: {processes(mark)}")
            for number, _ in processes(mark):
                os.kill(number, signal.SIGKILL)
        for left in set(os.listdir("/dev/shm")) - memory:
            faults.append(f"/dev/shm/{left}")
        for left in os.listdir(temporary):
            faults.append(f"$TMPDIR/{left}")
            path = os.path.join(temporary, left)
            shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)
        for left in hidden(directory):
            faults.append(f"hidden: {left}")
        again = [speedup, "bench", "--resume", directory]
        if ended or attempt == 1 or not os.path.exists(os.path.join(directory, "plan.json")):
            break
        child = subprocess.Popen(again, env=environment, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.PIPE)
    if os.path.exists(os.path.join(directory, "rounds.unfinished")):
        done = subprocess.run(again, env=environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            faults.append(f"resume: exit code {done.returncode}: {done.stderr}")
    if os.path.exists(os.path.join(directory, "summary.csv")):
        faults += check_result(directory, strategy, rounds)
    return died_in, faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--speedup", default="build/speedup")
    parser.add_argument("--kills", type=int, default=4, help="times for each strategy")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("strategies", nargs="*")
    options = parser.parse_args()
    speedup = os.path.abspath(options.speedup)
    chance = random.Random(options.seed)
    kills = left = 0
    for strategy in options.strategies or strategies(speedup):
        for _ in range(options.kills):
            place = tempfile.mkdtemp(prefix="speedup-kills-")
            try:
                died_in, faults = kill_once(speedup, strategy, chance, place, rounds=6)
            finally:
                shutil.rmtree(place)
            kills += sum(row != "ended" for row in died_in)
            left += len(faults)
            print(f"{strategy}: killed after row {', '.join(died_in)}: {'; '.join(faults) or 'ok'}",
                  flush=True)
    print(f"{kills} kills, {left} faults")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())

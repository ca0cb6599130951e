#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts one error after the other into the program and sees whether a test notices: `make mutants`.

tests/mutate/mutants.txt has the errors, each one line of one file. Every one goes into a copy of the
sources below build/mutants/; the copy is built, and the tests run until one fails. Afterwards:

    noticed     a test failed, or did not come to its end within --limit seconds
    survived    all tests passed: a test is missing, or the entry says why there can be none
    no place    the line is not there, or there several times: the entry needs mending
    no program  it does not compile: the entry needs mending

Exit status 0 when every entry has a place and at least --percent of them were noticed; else 1.
Tests that fail without any error are found out first. Arguments pick entries by a part of their
file or note: `tests/mutate/mutate.py samples.c`.
"""
import argparse
import concurrent.futures
import os
import queue
import shutil
import signal
import subprocess
import sys
import time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TABLE = os.path.join(TOP, "tests", "mutate", "mutants.txt")
WORK = os.path.join(TOP, "build", "mutants")
# Which test noticed which entry the last time: it is asked first the next time.
MEMORY = os.path.join(WORK, "noticed-by.txt")
# Tests of what lies below the rooms that are mutated can notice nothing.
BELOW = ("tests/generator/", "tests/filters/", "tests/strategies/", "tests/whole/test_arrows")
# Tests that look at many figures, to begin with.
FIRST = ("test_figures", "test_run", "test_report_texts", "test_report")


class Mutant:
    def __init__(self, number, path, note):
        self.number, self.path, self.note = number, path, note
        self.old = self.new = self.reason = None

    def place(self, text):
        """Position of the line in the file's text, or None where it is not there just once."""
        places = [i for i, line in enumerate(text.split("\n")) if line.strip() == self.old]
        return places[0] if len(places) == 1 else None

    def apply(self, tree):
        path = os.path.join(tree, self.path)
        with open(path, encoding="utf-8") as file:
            lines = file.read().split("\n")
        place = self.place("\n".join(lines))
        indent = lines[place][: len(lines[place]) - len(lines[place].lstrip())]
        lines[place] = indent + self.new
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines))


def read_table():
    mutants = []
    with open(TABLE, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            kind, text = line[0], line[1:].strip()
            if kind == "@":
                path, _, note = text.partition(": ")
                mutants.append(Mutant(number, path, note))
            elif kind == "-":
                mutants[-1].old = text
            elif kind == "+":
                mutants[-1].new = text
            elif kind == "=":
                mutants[-1].reason = text
            else:
                sys.exit(f"{TABLE}:{number}: begins with none of # @ - + =")
    return mutants


def sources():
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=TOP, check=True,
                            stdout=subprocess.PIPE, text=True).stdout
    return [name for name in listed.splitlines() if os.path.isfile(os.path.join(TOP, name))]


def make_copy(tree):
    """A copy of the sources as they are now. What was built in it before stays of use."""
    wanted = set(sources())
    for directory, folders, files in os.walk(tree):
        if directory == tree and "build" in folders:
            folders.remove("build")
        for name in files:
            if os.path.relpath(os.path.join(directory, name), tree) not in wanted:
                os.remove(os.path.join(directory, name))
    for name in wanted:
        put_back(tree, name)


def put_back(tree, name):
    source, copy = os.path.join(TOP, name), os.path.join(tree, name)
    with open(source, "rb") as file:
        content = file.read()
    if os.path.exists(copy):
        with open(copy, "rb") as file:
            if file.read() == content:
                return
    os.makedirs(os.path.dirname(copy), exist_ok=True)
    with open(copy, "wb") as file:
        file.write(content)
    shutil.copymode(source, copy)


def tests_of(tree):
    """Programs, those that start no others first: they are the fastest."""
    names = []
    for room in sorted(os.listdir(os.path.join(tree, "tests"))):
        folder = os.path.join("tests", room)
        if os.path.isdir(os.path.join(tree, folder)):
            names += [f"{folder}/{name[:-2]}" for name in sorted(os.listdir(os.path.join(tree, folder)))
                      if name.startswith("test_") and name.endswith(".c")]
    names = [f"build/{name}" for name in names if not name.startswith(BELOW)]
    return sorted(names, key=lambda name: ("/whole/" in name, os.path.basename(name) not in FIRST))


def run(command, tree, limit_s):
    """(exit status or None after the time limit, all output)"""
    process = subprocess.Popen(command, cwd=tree, start_new_session=True, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        output = process.communicate(timeout=limit_s)[0]
        return process.returncode, output.decode(errors="replace")
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        output = process.communicate()[0]
        return None, output.decode(errors="replace")


MAKE = ["make", "OPT=-O1", "WARN=", "ARCH=", "MPICC=none"]


def ask(tests, tree, limit_s):
    """The first of the tests that notices something, with what it says; or None."""
    status, output = run(MAKE + ["test", "TEST_PROGRAMS=" + " ".join(tests)], tree, limit_s)
    if status == 0:
        return None
    begun = [line[3:] for line in output.splitlines() if line.startswith("== build/tests/")]
    if not begun:  # the tests do not compile, or the arrows are wrong
        return None, output[-600:]
    name = begun[-1]
    failed = [line.split("] ")[-1] for line in output.splitlines() if line.startswith("[  FAILED  ]")]
    detail = "time limit" if status is None else failed[-1] if failed else output[-600:]
    return name.replace("build/tests/", ""), detail


def likely_tests(mutant, tests, memory):
    """What noticed this one the last time, then what noticed most errors in the same file."""
    path = mutant.path + ": "
    names = [name for key, name in memory.items() if key.startswith(path)]
    names.sort(key=lambda name: (memory.get(path + mutant.note) != name, -names.count(name)))
    return [name for name in dict.fromkeys(names) if name in tests]


def judge(mutant, tree, tests, memory, limit_s, quick):
    """(verdict, what noticed it, how)"""
    with open(os.path.join(TOP, mutant.path), encoding="utf-8") as file:
        if mutant.place(file.read()) is None:
            return "no place", "", ""
    mutant.apply(tree)
    try:
        status, output = run(MAKE + ["program"], tree, limit_s)
        if status != 0:
            return "no program", "", output[-600:]
        likely = likely_tests(mutant, tests, memory)
        rest = [test for test in tests if test not in likely]
        whole = [test for test in rest if "/whole/" in test]
        groups = [[test] for test in likely]
        if not quick or not likely:
            groups += [[test for test in rest if test not in whole], whole]
        for group in groups:
            noticed = ask(group, tree, limit_s) if group else None
            if noticed and not noticed[0]:
                return ("no program",) + noticed
            # Where it was not expected, once more: on a busy machine a test may fail by itself.
            if noticed and (group[0] in likely or ask(["build/tests/" + noticed[0]], tree, limit_s)):
                return ("noticed",) + noticed
        return "survived", "", "the likely tests" if quick else ""
    finally:
        put_back(tree, mutant.path)


def read_memory():
    memory = {}
    if os.path.exists(MEMORY):
        with open(MEMORY, encoding="utf-8") as file:
            for line in file:
                note, _, test = line.rstrip("\n").partition("\t")
                memory[note] = test
    return memory


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("entries", nargs="*", help="only those whose file or note has one of these in it")
    parser.add_argument("-j", "--jobs", type=int, default=2, help="copies that work at a time (2)")
    parser.add_argument("--limit", type=float, default=240, help="seconds for a build or a group of tests (240)")
    parser.add_argument("--percent", type=float, default=90, help="to be noticed (90)")
    parser.add_argument("--quick", action="store_true",
                        help="ask only tests that have noticed something in the same file before")
    parser.add_argument("--places", action="store_true", help="only look whether every entry has its place")
    parser.add_argument("--trust", action="store_true", help="do not first see that all tests pass unharmed")
    options = parser.parse_args()

    mutants = [m for m in read_table()
               if not options.entries or any(e in m.path or e in m.note for e in options.entries)]
    lost = []
    for mutant in mutants:
        path = os.path.join(TOP, mutant.path)
        text = ""
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                text = file.read()
        if mutant.place(text) is None:
            lost.append(mutant)
            elsewhere = [name for name in sources() if name.endswith((".c", ".h")) and mutant.place(
                open(os.path.join(TOP, name), encoding="utf-8").read()) is not None]
            print(f"no place    mutants.txt:{mutant.number}: {mutant.path}: {mutant.note}\n"
                  f"            {mutant.old}" + "".join(f"\n            it is in {e}" for e in elsewhere))
    if options.places or lost:
        print(f"{len(lost)} of {len(mutants)} entries have no place")
        return 1 if lost else 0

    trees = queue.Queue()
    for i in range(options.jobs):
        tree = os.path.join(WORK, str(i))
        os.makedirs(tree, exist_ok=True)
        make_copy(tree)
        trees.put(tree)
    tests = tests_of(os.path.join(WORK, "0"))
    if not options.trust:
        began = time.monotonic()
        noticed = ask(tests, os.path.join(WORK, "0"), 20 * options.limit)
        if noticed:
            sys.exit(f"{noticed[0]} fails without any error: {noticed[1]}")
        print(f"{len(tests)} test programs pass unharmed ({time.monotonic() - began:.0f} s)", flush=True)

    memory = read_memory()

    def work(mutant):
        tree = trees.get()
        began = time.monotonic()
        try:
            verdict = judge(mutant, tree, tests, memory, options.limit, options.quick)
        finally:
            trees.put(tree)
        return mutant, verdict, time.monotonic() - began

    count = {"noticed": 0, "survived": 0, "no place": 0, "no program": 0}
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for future in concurrent.futures.as_completed([pool.submit(work, m) for m in mutants]):
            mutant, (verdict, name, detail), took_s = future.result()
            count[verdict] += 1
            if verdict == "noticed":
                memory[f"{mutant.path}: {mutant.note}"] = "build/tests/" + name
                detail = f"by {name}: {detail}"
            elif verdict == "survived" and mutant.reason:
                detail = mutant.reason
            print(f"{verdict:11} {mutant.path}: {mutant.note} ({detail}; {took_s:.0f} s)", flush=True)
            with open(MEMORY, "w", encoding="utf-8") as file:
                file.writelines(f"{note}\t{test}\n" for note, test in memory.items())
    noticed = 100 * count["noticed"] / len(mutants) if mutants else 0
    print(f"{count['noticed']} of {len(mutants)} noticed ({noticed:.1f} %), {count['survived']} survived, "
          f"{count['no place'] + count['no program']} entries need mending")
    return 0 if noticed >= options.percent and count["no place"] + count["no program"] == 0 else 1


if __name__ == "__main__":
    sys.exit(main())

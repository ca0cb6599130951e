#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs every command of the pages: what stands in their blocks marked `sh`, and in README.md also in
# blocks set off by four blanks where a line begins with a program of ours. Fails where one ends with
# another exit code than 0.
#
#     tests/documents.sh [PAGE.md...]
#
# In a copy of the sources and programs, so that no result of yours is overwritten. QUICK=1 (the
# default) measures small images for seconds, by the table below; QUICK=0 runs them word for word. Where a
# page means a program and files of the reader's own, night1/ and reduce.py, there are some.
set -eu
[ $# -gt 0 ] || set -- README.md EXERCISES.md TEACHING.md
top=$PWD
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
mkdir "$room/build"
for entry in * .ci; do
    [ "$entry" = build ] || cp -R "$entry" "$room/"
done
for part in build/speedup build/speedup-mpi build/speedup-probe.a; do
    [ ! -e "$part" ] || cp "$part" "$room/build/"
done
mkdir "$room/night1"
"$top/build/speedup" generate --count 2 --size 60x60 --out "$room/night1" >"$room/said"
cat >"$room/reduce.py" <<'END'
import os, shutil, sys
os.makedirs("reduced", exist_ok=True)
shutil.copy(sys.argv[1], "reduced")
END
git rev-parse --git-dir >/dev/null 2>&1 && cp -R "$(git rev-parse --git-common-dir)" "$room/.git"

# The commands of a page, one a line; lines that end in \ are joined.
commands_of() {
    awk -v readme="$([ "${1##*/}" = README.md ] && echo 1)" '
        /^ *```sh$/ { inside = 1; next }
        /^ *```/ { inside = 0; next }
        inside || (readme && /^    (make|build\/speedup|OPENBLAS|parallel|mpirun) /) {
            line = line $0
            if (sub(/\\$/, "", line)) next
            sub(/^ +/, "", line); sub(/ +# .*/, "", line)
            if (line != "") print line
            line = ""
        }' "$1"
}

# The same command, quick: what is installed stays, and small images are measured for seconds.
quick() {
    if [ "${QUICK:-1}" = 0 ]; then
        cat
        return
    fi
    sed -e 's/^make deps /make /' \
        -e '/^make test$/d' -e '/^make .*test$/d' \
        -e "s/^make bench\$/make bench BUDGET=12 BENCH_FLAGS='--size 60x60 --images 4'/" \
        -e "s/^make bench BUDGET=60 BENCH_FLAGS='/make bench BUDGET=12 BENCH_FLAGS='--size 60x60 --images 4 /" \
        -e "s/^\\(make \\(activity\\|files\\|threads\\|blas\\|wait\\)\\)\\(.*\\)/\\1\\3 BUDGET=6 BENCH_FLAGS='--size 60x60 --images 4'/" \
        -e '/^build\/speedup bench/ {
            s/ --size [0-9x]*//; s/ --budget [0-9]*//; s/ --rounds [0-9]*//
            s/ --images 1000/ --images 100/; s/ --workers 1,2,3,4,6,8/ --workers 1,2,3/
            / -- /!{ /--filter wait/!{ /\.fits/!s/$/ --size 40x40/; }; s/$/ --budget 3/; }
            s/ --tasks [0-9]*/ --tasks 3/; s/ -- / --budget 3 -- /
        }' \
        -e 's/fake_1000x1000/fake_80x80/' -e 's/--count 4 --size 1000x1000/--count 4 --size 200x200/' \
        -e 's/generate --out/generate --size 80x80 --count 4 --out/' \
        -e 's/^\(make mine\)$/\1 GRADE_FLAGS=--quick/' -e "s/--workers 2'/--workers 2 --quick'/" \
        -e 's/speedup grade --source/speedup grade --quick --source/'
}

# What a machine may lack is skipped.
is_possible() {
    case $1 in
    parallel\ *) command -v parallel >/dev/null ;;
    mpirun\ *) command -v mpirun >/dev/null && [ -x build/speedup-mpi ] ;;
    make\ bench-dot | make\ bench-generator*) python3 -c 'import numpy' 2>/dev/null ;;
    *update-alternatives*) false ;;
    *) true ;;
    esac
}

# Open MPI asks root twice whether that is meant; here it is.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1

count=0 failed=0
for page in "$@"; do
    commands_of "$top/$page" | quick >"$room/commands"
    while IFS= read -r command <&3; do
        cd "$room"
        if ! is_possible "$command"; then
            echo "skipped   $page: $command"
            continue
        fi
        began=$(date +%s)
        if ! timeout 300 sh -c "$command" >"$room/said" 2>&1 </dev/null; then
            echo "FAILED    $page: $command"
            tail -15 "$room/said"
            failed=$((failed + 1))
        fi
        count=$((count + 1))
        echo "$(($(date +%s) - began)) s  $page: $command"
    done 3<"$room/commands"
done

# EXERCISES.md has students make mistakes; one that stops the program from being built is a verdict, too.
cd "$room"
cp tests/mutants/shares/misspelled.c strategies/mine.c
if ! make mine >said 2>&1 && grep -q '^verdict: compile-error at strategies/mine.c:8: ' said; then
    count=$((count + 1))
else
    echo "FAILED    make mine, where strategies/mine.c does not compile"
    tail -15 said
    failed=$((failed + 1))
fi
echo "$count commands, $failed failed"
[ "$failed" = 0 ]

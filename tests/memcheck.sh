#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The whole program under valgrind's memcheck, with all processes that it starts of itself: no error,
# and no memory that is lost for good. `make memcheck` runs it; $SPEEDUP is built for any processor,
# since valgrind does not know the newest instructions.
set -eu
: "${SPEEDUP:?}"
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
steps=0

# Errors of any process go to files; all must be empty in the end. Workers made by fork() end with what
# their parent had in hands, which is not theirs to free: with --leaks=no nobody looks for what is lost.
check() {
    leaks='--leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite'
    if [ "$1" = --leaks=no ]; then
        leaks='--leak-check=no'
        shift
    fi
    steps=$((steps + 1))
    echo "  memcheck: speedup $*"
    # shellcheck disable=SC2086  # several options
    valgrind --quiet $leaks --error-exitcode=99 --trace-children=yes \
        --trace-children-skip='*/gnuplot*,*/sh,*/perl,*/parallel,*/true,*/cp' \
        --suppressions="$here/support/memcheck.supp" --log-file="$work/log-%p" \
        "$SPEEDUP" "$@" >out 2>err || {
        echo "memcheck: speedup $* ended with $?" >&2
        cat out err log-* >&2
        exit 1
    }
}

check generate --count 3 --size 24x20 --out images
for filter in highpass highpass-select highpass-histogram smooth-blas dot dot-loops; do
    check filter --filter "$filter" --window 5 --out "$filter" images/*.fits
done
check --leaks=no bench --size 24x20 --images 3 --timeout 300 --rounds 1 --workers 2 --window 5 --out processes \
    --strategies serial,fork,fork-pipe,process-pool
check bench --size 24x20 --images 3 --timeout 300 --rounds 1 --workers 1,2 --window 5 --out memory \
    --strategies serial,pthreads,pool,openmp,global-lock,spawn
check bench --io files --size 24x20 --images 3 --timeout 300 --rounds 1 --workers 2 --window 5 --out files \
    --strategies serial,pool,programs
check bench --filter dot --blas-threads 1,2 --grain band --size 24x20 --images 2 --timeout 300 --rounds 1 --workers 2 --out blas \
    --strategies serial,pool,blas
check bench --tasks 3 --timeout 300 --rounds 1 --workers 1,2 --out own -- true
check bench --dry-run --topology 2x4x2
check report memory
check report --short memory
check plot memory
check predict --topology 2P+2E memory
check submit --anyway --name anna --out . memory
check compare --out class memory files anna.speedup.json
check compare --all --out class memory files
check watch --out watched -- true
for word in topology list columns blas --version; do
    check "$word"
done
if cat log-* | grep -q .; then
    cat log-* >&2
    exit 1
fi
echo "memcheck: $steps commands, no error, nothing lost"

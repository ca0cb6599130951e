#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Grades the gallery of broken strategies (tests/mutants) and of right ones (tests/mutants/right), or
# other files (tests/variants: what students write), and prints whether each was found out, with its
# kind and its line.
#
#     tests/mutants.sh [-f] [-n REPETITIONS] [-s SEED] [FILE.c...]
#
# -f grades in full, with timing; otherwise shortened. The first line of each file says what is to
# come out: `verdict: KIND at LINE`, or several of either with `or`; `correct` for right ones, and
# `correct, KIND` for those that are right and lose points. Fails where fewer than 95 % are found out
# or 90 % with kind and line, or where a right one is refused.
set -eu
program=${SPEEDUP:-build/speedup}
flags=--quick repetitions=1 seed=1
while getopts fn:s: option; do
    case $option in
    f) flags= ;;
    n) repetitions=$OPTARG ;;
    s) seed=$OPTARG ;;
    *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || set -- tests/mutants/*/*.c

for repetition in $(seq "$repetitions"); do
    for file in "$@"; do
        began=$(date +%s)
        # shellcheck disable=SC2086 # no flags are no word
        verdict=$("$program" grade $flags --seed $((seed + repetition - 1)) --source "$file" | tail -1) || :
        expected=$(sed -n '1s/^\/\* verdict: \(.*\)\. SPDX.*/\1/p' "$file")
        printf '%s\t%s\t%s\t%s\n' "$file" "$expected" "$(($(date +%s) - began))" "$verdict"
    done
done | awk -F '\t' '
# Whether `word` is one of the alternatives in `list` ("a or b").
function is_one_of(word, list,    part, count, i) {
    count = split(list, part, " or ")
    for (i = 1; i <= count; i++)
        if (word == part[i])
            return 1
    return 0
}
BEGIN { printf "%-34s %-9s %-5s %-5s %3s  %s\n", "file", "detected", "kind", "line", "s", "verdict" }
{
    right = $2 == "correct"
    correct = $2 ~ /^correct/
    kinds = $2
    sub(/^correct, /, "", kinds)
    lines = kinds ~ / at / ? kinds : ""
    sub(/ at .*/, "", kinds)
    sub(/.* at /, "", lines)
    said = $4
    sub(/^verdict: /, "", said)
    is_correct = said ~ /^correct/
    kind = said
    sub(/^correct[^:]*: /, "", kind)
    line = match(kind, /^[a-z-]+ at [^:]*:[0-9]+/) ? substr(kind, 1, RLENGTH) : ""
    sub(/.*:/, "", line)
    sub(/[ :].*/, "", kind)
    if (right) {
        rights++
        refused += !is_correct
        found = is_correct ? "right" : "REFUSED"
        named = "-"; placed = "-"
    } else {
        mutants++
        ok = correct ? is_correct && kind != "" && fault_is_named(kind) : !is_correct
        named_ok = ok && is_one_of(kind, kinds)
        placed_ok = named_ok && (lines == "" || is_one_of(line, lines))
        detected += ok; kinds_named += named_ok; lines_named += placed_ok
        found = ok ? "yes" : "NO"; named = named_ok ? "yes" : "NO"; placed = placed_ok ? "yes" : "NO"
    }
    name = $1
    sub(/^tests\/(mutants|variants)\//, "", name)
    printf "%-34s %-9s %-5s %-5s %3d  %s\n", name, found, named, placed, $3, substr(said, 1, 110)
    fflush()
}
function fault_is_named(kind) { return kind ~ /^[a-z]+(-[a-z]+)*$/ && kind !~ /^[0-9]/ }
END {
    if (mutants)
        printf "\n%d broken: %.1f %% detected, %.1f %% with their kind, %.1f %% with kind and line\n", \
            mutants, 100 * detected / mutants, 100 * kinds_named / mutants, 100 * lines_named / mutants
    if (rights)
        printf "%d right: %d refused\n", rights, refused
    exit refused > 0 || detected < 0.95 * mutants || lines_named < 0.90 * mutants
}'

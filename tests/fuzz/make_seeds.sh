#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Seeds for the fuzzers, in DIR/fits, DIR/result, DIR/json, DIR/words and DIR/options: corners of fake
# images and of the FITS files named, the results of two small benchmarks, and command lines.
# Run by `make fuzz-seeds`, which says where cut_fits and speedup are.
set -eu
into=$1
shift
: "${CUT_FITS:?}" "${SPEEDUP:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$into/fits" "$into/result" "$into/json" "$into/words" "$into/options"

"$SPEEDUP" generate --count 1 --size 12x12 --out "$work" >/dev/null
number=0
for image in "$work"/*.fits "$@"; do
    number=$((number + 1))
    for kind in plain rice gzip hcompress plio; do
        seed=$into/fits/$number-$kind
        rm -f "$seed"
        if [ "$kind" = plain ]; then
            "$CUT_FITS" "$image" "$seed" 8
            gzip -cn "$seed" >"$seed-zipped"
        else # not every kind can hold every type
            "$CUT_FITS" "$image" "$seed" 8 "$kind" 2>/dev/null || rm -f "$seed"
        fi
    done
done

# All files of a result in one, as fuzz_result.c takes them apart.
pack() {
    for file in summary.csv runs.csv trace.csv losses.csv resources.csv machine.txt speedup.json; do
        [ ! -e "$1/$file" ] || { printf '\n=== %s\n' "$file"; cat "$1/$file"; }
    done
}
"$SPEEDUP" bench --size 40x40 --images 3 --rounds 6 --strategies serial,pool,fork --workers 1,2 \
    --out "$work/one" >/dev/null 2>&1
"$SPEEDUP" bench --size 60x40 --images 2 --rounds 1 --filter dot --strategies serial,blas,pool \
    --grain band --blas-threads 1,2 --out "$work/two" >/dev/null 2>&1
for result in one two; do
    pack "$work/$result" >"$into/result/$result"
    cp "$work/$result/speedup.json" "$into/json/$result"
    "$SPEEDUP" submit --anyway --name anna --out "$work" "$work/$result" >/dev/null
    cp "$work/anna.speedup.json" "$into/json/$result-submission"
done

# A file's name, then the words of a command.
printf 'dir/a.tar.gz\ncmd\n-o\n{/.}.out\n{} {/} {//} {.} {#} {%%} {workers}\n' >"$into/words/all"
printf -- '-rf {}\nrun\n--threads={workers}' >"$into/words/last"
printf '/a\nb{//}{a}{b}' >"$into/words/root"

# Every option of every command as --help has it, with its value.
for command in generate filter bench plot report submit compare predict watch grade explain; do
    "$SPEEDUP" "$command" --help | sed -n 's/^ *\(--[a-z-]*\)[ =]*\([A-Z]*\).*/\1 \2/p' |
        while read -r option value; do
            printf '%s\n%s\n%s' "$command" "$option" "${value:+2}" >"$into/options/$command$option"
        done
done
printf 'bench\n--workers\n1,2\n--size=40x40\n--strategies\npool,fork\na.fits\n--\ncmd\n{}' >"$into/options/own"
printf 'bench\n--filter\ndot\n--blas-threads\noff,on\n--bind\nnone\n--grain\nband\n--dry-run' >"$into/options/blas"
for text in 4 2x32x2 8P+16E 'pack:2 core:8 pu:2'; do
    printf -- '--topology\n%s' "$text" >"$into/options/topology-$(echo "$text" | tr ': ' '__')"
done

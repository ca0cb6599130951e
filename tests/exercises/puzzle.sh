#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# One of the broken strategies of the gallery, without what gives it away: its name, and the two lines
# that begin it (the lines are empty, so that all others keep their numbers).
#
#     tests/exercises/puzzle.sh 3           prints it; another number, another one
#     tests/exercises/puzzle.sh --name 3    says which one that is, for those who correct
set -eu
LC_ALL=C # else files come in another order elsewhere
export LC_ALL
only_name=
if [ "${1:-}" = --name ]; then
    only_name=1
    shift
fi
case ${1:-} in
'' | *[!0-9]* | ????????*)
    echo "puzzle.sh: which one? Give it a number: sh tests/exercises/puzzle.sh 3" >&2
    exit 2 ;;
esac
number=${1#"${1%%[!0]*}"} # 07 is no octal number
number=$((${number:-0} * 13)) # in steps, so that neighbours have faults of different kinds
cd "$(dirname "$0")/../.."
set -- tests/mutants/locks/*.c tests/mutants/processes/*.c tests/mutants/races/*.c
shift $((number % $#))
if [ -n "$only_name" ]; then
    echo "$1"
else
    sed '1,2s/.*//' "$1"
fi

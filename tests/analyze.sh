#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Reads what `gcc -fanalyzer` has said (a file), and fails where something is not in
# tests/support/analyze.supp, or something in it is not found any more. gcc is to speak English.
set -eu
awk '
FNR == 1 { file++ }
file == 1 { if ($0 !~ /^#/) known[$1 " " $2 " " $3] = 1; next }
/: In function / {
    sub(/^.*In function [^a-zA-Z_]*/, "")
    sub(/[^a-zA-Z0-9_].*$/, "")
    function_name = $0
    next
}
/: warning: .*\[-Wanalyzer-/ {
    path = flag = $0
    sub(/:.*/, "", path)
    sub(/.*\[-Wanalyzer-/, "", flag)
    sub(/\].*/, "", flag)
    key = path " " function_name " " flag
    findings++
    found[key] = 1
    if (!(key in known)) { print "analyze: new: " $0; bad++ }
}
END {
    for (key in known)
        if (!(key in found)) { print "analyze: not found any more: " key; bad++ }
    printf "analyze: %d findings, %d of them new or gone\n", findings, bad
    exit bad > 0
}' "$(dirname "$0")/support/analyze.supp" "$1"

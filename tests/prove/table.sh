#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# table.sh FILE...: tables of what `prove` has written. Runs that others disturbed are counted apart.
set -eu
awk -F '\t' '
function percent(part, all) { return all ? sprintf("%d of %d", part, all) : "-" }
$1 == "same" { same++; verdict[$2]++; next }
$9 != "quiet" { apart[$2 > 0]++; next }
$2 == 0 { plain++; if ($4 != "-") { blamed++; blame[$4]++ } if ($4 != "-" && $5 >= 0.1) grave++; next }
{
    if (!($1 in expected)) order[++causes] = $1
    expected[$1] = $3
    if (!($1 in least) || $6 < least[$1]) least[$1] = $6
    if (!($1 in most) || $6 > most[$1]) most[$1] = $6
    # What is within the noise of its own runs is not there to be found.
    if ($6 <= $7 && $6 < 0.1) { nothing[$1]++; if ($4 != "-" && $4 != $3) mistaken[$1]++; next }
    runs[$1]++; all++
    if ($4 == $3) { named[$1]++; rights++ }
    if ($8 == "within") { within[$1]++; sizes++ }
    ratio[$1] += $5 / $6; ratios[$1]++
}
END {
    print "| put in | costs, of the speedup | to be found as | named first | size right | found / true | cost nothing here |"
    print "| --- | --- | --- | --- | --- | --- | --- |"
    for (i = 1; i <= causes; i++) {
        name = order[i]
        printf "| %s | %.2f to %.2f | %s | %s | %s | %s | %s |\n", name, least[name], most[name],
            expected[name], percent(named[name], runs[name]), percent(within[name], runs[name]),
            ratios[name] ? sprintf("%.2f", ratio[name] / ratios[name]) : "-",
            nothing[name] ? sprintf("%d, another blamed in %d", nothing[name], mistaken[name]) : ""
    }
    printf "| all | | | %s | %s | | |\n\n", percent(rights, all), percent(sizes, all)
    printf "Nothing put in: something was named in %s, in %s of at least 0.1", percent(blamed, plain), percent(grave, plain)
    for (part in blame) printf " (%s %d)", part, blame[part]
    printf ".\nDisturbed by others, and kept apart: %d runs, and %d with nothing put in.\n", apart[1], apart[0]
    if (same) printf "The same under two names, 8 rounds: alike in %d of %d, faster in %d, slower in %d, not known in %d.\n",
        verdict["alike"], same, verdict["faster"], verdict["slower"], verdict["unknown"]
}' "$@"

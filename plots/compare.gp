# SPDX-License-Identifier: GPL-3.0-or-later
# compare: speedup against workers of several results, a line each. Their numbers are at the ends of
# the lines; what they stand for is long (names of directories), and so below the graph, which the
# picture grows for.
set label 199 "Speedup: " . what at screen 0.5, 1 - 32.0 / high center font ",20" textcolor "#202020"
set label 198 note at screen 0.5, 1 - 66.0 / high center font ",14" textcolor "#505050"
set xlabel "workers" font ",16"
set ylabel "speedup (serial time / time)" font ",16" offset 0.7,0
do for [i = 1 : titles] {
    set label 2000 + i value(sprintf("title_%d", i)) at screen 0.03, 1 - (part - 62.0 + 27 * i) / high left \
        point pointtype nth("shapes", i) pointsize 1.2 * mark linewidth 2 linecolor rgb tint(i) offset 1,-0.15 \
        font ",14" textcolor rgb ink(i)
}
unset label 100
unset label 101
value_base = 2
reference(x) = x
reference_name = "linear"
limit_name = ""
load here . "workers.gp"

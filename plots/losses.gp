# SPDX-License-Identifier: GPL-3.0-or-later
# losses: what is missing to linear, workers - speedup, in parts that add up; the worst configuration
# first. What is left of 0 was gained: tasks faster than in the serial run, say. The variables are in
# harness/report/graphs/stacks.h.
set label 200 "Missing to linear: " . what at screen 0.5, (high - 32.0) / high center font ",20" \
    textcolor "#202020"
# Neighbours are of different lightness, so that they differ in grey, too.
array part_colour[8] = [0xb0b0b0, 0x0072b2, 0xe69f00, 0x009e73, 0xe0a3c8, 0xa04000, 0x56b4e9, 0x404040]

set lmargin at screen 0.235
set rmargin at screen 0.965
set tmargin at screen (high - 176.0) / high
set bmargin at screen 140.0 / high
set border 1
set xrange [losses_low : losses_high]
set yrange [-losses_rows - 0.6 : -0.4]
set xlabel "workers - speedup, in units of speedup" font ",16"
set ytics scale 0
set ytics ()
do for [i = 1 : losses_rows] { set ytics add (value(sprintf("losses_name_%d", i)) -i) }
unset grid
set grid xtics linetype 1 linewidth 1 linecolor "#e4e4e4"
set arrow 3 from 0, graph 0 to 0, graph 1 nohead linewidth 1.5 linecolor rgb "#404040"
set style fill solid 1.0 border rgb "#ffffff"
set key at screen 0.5, (high - 58.0) / high center top horizontal maxrows 2 Left reverse samplen 1 \
    spacing 1.2 width 1 font ",14"
piece(k, n) = column(4) == k ? column(n) : NaN
plot for [k = 1 : 8] $losses \
    using (piece(k, 2)):(-column(1)):(piece(k, 2)):(piece(k, 3)):(-column(1) - 0.34):(-column(1) + 0.34) \
    with boxxyerror linecolor rgb part_colour[k] title value(sprintf("losses_part_%d", k))

# SPDX-License-Identifier: GPL-3.0-or-later
# blas: what the library's own threads give, against how many of them there are: the speedup, and the
# speed itself. Beside strategy blas, whose workers these threads are, stand the strategies that have
# workers of their own, with BLAS threads off and on.
set multiplot
set label 101 "BLAS threads: " . what at screen 0.5,0.965 center font ",22" textcolor "#202020"
unset title
set key outside right top
set lmargin at screen 0.11
set rmargin at screen 0.78

set bmargin at screen 0.56
set tmargin at screen 0.91
unset xlabel
set format x ""
set ylabel "speedup"
set yrange [0 : most * 1.06]
plot x with lines linecolor "#b0b0b0" linewidth 2 dashtype 2 title "linear", \
    for [i = 1 : words(strategies)] data \
        using (only(word(strategies, i), "workers") + dodge(i)):(column("speedup")): \
              (bound("speedup_low", "speedup")):(bound("speedup_high", "speedup")) \
        with yerrorlines linecolor rgb colour[pick(i)] pointtype shape[pick(i)] pointsize 1.4 \
        linewidth 2 title word(strategies, i)

set bmargin at screen 0.15
set tmargin at screen 0.50
unset label 100
unset label 101
unset label 1
unset label 2
set format x "%g"
set xlabel "workers (for blas: threads of the library)"
set ylabel "GFLOP/s"
set yrange [0 : *]
set key off
plot for [i = 1 : words(strategies)] data \
        using (only(word(strategies, i), "workers") + dodge(i)):(column("gflops")) \
        with linespoints linecolor rgb colour[pick(i)] pointtype shape[pick(i)] pointsize 1.4 \
        linewidth 2 notitle
unset multiplot

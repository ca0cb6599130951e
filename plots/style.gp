# SPDX-License-Identifier: GPL-3.0-or-later
# The look that all graphs share, and what their scripts have in common. `speedup plot DIR` runs,
# inside the result directory,
#
#     gnuplot -e "terminal='png'; output='speedup.png'" settings.gp PLOTS/style.gp PLOTS/speedup.gp
#
# where settings.gp, which it has written there, says what is to be drawn:
#
#     strategies  names separated by blanks; one with a lock is "name/mode",
#                 one with N BLAS threads below it "name+blasN"
#     what        "highpass on 25 images of 1000x1000", for titles
#     caption     machine and date
#     cores, threads  where to mark the end of the machine
#     tasks       number of equal tasks; 0 where they are unequal
#     watched     set where there is only a resources.csv, that of `speedup watch`
#
#     layers      set where some rows have BLAS threads below their workers
#
#     data        the file with the rows; summary.csv where it is not set
#
# Only rows of it that are `ok` are drawn.

if (terminal eq "svg") {
    set terminal svg size 1200,800 dynamic font "DejaVu Sans,20" background "#ffffff" noenhanced
} else {
    set terminal pngcairo size 1200,800 font "DejaVu Sans,18" background "#ffffff" noenhanced
}
set output output

if (!exists("data")) { data = "summary.csv" }

set datafile separator ","
set key autotitle columnhead
set encoding utf8

# Okabe and Ito's colours, which colour-blind readers can tell apart; each with a shape of its own.
array colour[8] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f3c8d", "#000000"]
array shape[8] = [7, 5, 9, 13, 11, 15, 6, 4]
pick(i) = (i - 1) % 8 + 1

set border 3 linewidth 1.5 linecolor "#404040"
set tics nomirror out textcolor "#202020"
set grid linetype 1 linewidth 1 linecolor "#e4e4e4"
set key outside right top Left reverse samplen 2 spacing 1.25 width 1
set label 100 caption at screen 0.012,0.022 font ",12" textcolor "#606060"
set bmargin at screen 0.17
set tmargin at screen 0.90

# Row filters: the value where the row is drawn, an undefined one where not.
# config_word() of harness/measure/config.c, here.
mode(unused) = strcol("lock") eq "none" ? "" : "/" . strcol("lock")
layer(unused) = !exists("layers") || strcol("blas_asked") eq "" || strcol("blas_asked") eq "1" || \
    strcol("strategy") eq "blas" ? "" : "+blas" . strcol("blas_asked")
name(unused) = strcol("strategy") . mode(0) . layer(0)
wanted(s) = name(0) eq s && strcol("status") eq "ok"
only(s, name) = wanted(s) ? column(name) : NaN
# The end of an error bar; the value itself where there is no interval.
bound(end, value) = strlen(strcol(end)) > 0 ? column(end) : column(value)
# Points of different strategies at the same number of workers stand beside each other.
w_max = 1
if (!exists("watched")) {
    stats data using (strcol("status") eq "ok" ? column("workers") : NaN) name "w" nooutput
}
most = w_max > 1 ? w_max : 2
dodge(i) = (i - (words(strategies) + 1) / 2.0) * 0.012 * most

set xrange [0 : most * 1.06]
set xlabel "workers"
if (most <= 16) { set xtics 1 }

# Where the machine ends.
if (cores <= most) {
    set arrow 1 from cores, graph 0 to cores, graph 1 nohead dashtype 3 linewidth 2 linecolor "#909090"
    set label 1 sprintf("%d core%s ", cores, cores == 1 ? "" : "s") at cores, graph 0.03 right \
        font ",14" textcolor "#606060"
}
if (threads > cores && threads <= most) {
    set arrow 2 from threads, graph 0 to threads, graph 1 nohead dashtype 3 linewidth 2 linecolor "#909090"
    set label 2 sprintf("%d hardware threads ", threads) at threads, graph 0.03 right \
        font ",14" textcolor "#606060"
}

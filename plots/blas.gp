# SPDX-License-Identifier: GPL-3.0-or-later
# blas: what the library's own threads give, against how many of them there are: the speedup, and the
# speed itself. Beside strategy blas, whose workers these threads are, stand the strategies that have
# workers of their own, with BLAS threads off and on.
set multiplot
set label 200 "BLAS threads: " . what at screen 0.5,0.963 center font ",20" textcolor "#202020"

set ylabel "speedup" font ",16" offset 0.7,0
no_numbers = 1
graph = "blas_speedup"
value_base = 2
reference(x) = x
reference_name = "linear"
limit_name = "ceiling"
load here . "workers.gp"

unset label
limit_name = ""
set xlabel "workers (for blas: its threads)" font ",16"
set ylabel "GFLOP/s" font ",16" offset 0.7,0
undefine no_numbers
no_marks = 1
graph = "blas_gflops"
value_base = 10
reference_name = ""
load here . "workers.gp"
unset multiplot

# SPDX-License-Identifier: GPL-3.0-or-later
# speedup: how many times faster than the serial strategy, against the number of workers.
#
# Dashed: linear speedup. Ticks: the ceiling that counting alone sets, N / ceil(N / W): 25 images on 2
# workers are 13 turns, not 12.5. What lies below both is lost elsewhere.
set title "Speedup: " . what font ",20" offset 0,0.6
set xlabel "workers" font ",16"
set ylabel "speedup (serial time / time)" font ",16" offset 0.7,0
value_base = 2
reference(x) = x
reference_name = "linear"
limit_name = "ceiling"
load here . "workers.gp"

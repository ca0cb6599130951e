# SPDX-License-Identifier: GPL-3.0-or-later
# efficiency: speedup / workers; how much of each worker is put to use. The ticks are the ceiling's,
# ceiling / workers.
set title "Efficiency: " . what font ",20" offset 0,0.6
set xlabel "workers" font ",16"
set ylabel "efficiency (speedup / workers)" font ",16" offset 0.7,0
value_base = 10
reference(x) = 1
reference_name = "linear"
limit_name = "ceiling"
load here . "workers.gp"

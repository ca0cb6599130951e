# SPDX-License-Identifier: GPL-3.0-or-later
# walltime: seconds for all tasks, against the number of workers. The graph that the class posts.
# Ticks: the serial time divided by the ceiling, the least that counting allows.
set title "Wall time: " . what font ",20" offset 0,0.6
set xlabel "workers" font ",16"
set ylabel "wall time of all " . tasks_name . " (s)" font ",16" offset 0.7,0
value_base = 10
reference(x) = x < 1 ? NaN : serial_s / x
reference_name = serial_s > 0 ? "serial / workers" : ""
limit_name = "serial / ceiling"
load here . "workers.gp"

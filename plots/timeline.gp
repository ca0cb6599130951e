# SPDX-License-Identifier: GPL-3.0-or-later
# timeline: who did what when. Of each strategy the run with the most workers (its median run): a row
# a worker, a bar a task, all on one time axis. Neighbouring tasks of a worker are dark and light by
# turns. Grey is a worker without work: at the left start-up, between bars hand-out, at the right the
# wait for the last straggler. harness/report/graphs/timeline.h has the variables.
set label 199 "Timeline: " . what at screen 0.5, 1 - 36.0 / high center font ",20" textcolor "#202020"
set label 198 "strategy and number of workers; a row a worker, a bar a task; grey: no work" \
    at screen 0.5, 1 - 72.0 / high center font ",14" textcolor "#505050"
set border 1
set grid noytics xtics
unset ytics
do for [i = 1 : timeline_lanes] {
    set label i value(sprintf("timeline_name_%d", i)) . sprintf(" %4d ", nth("workers", i)) \
        at graph 0, first real_nth("middle", i) right font ",16" textcolor "#202020"
    set label i + 1000 value(sprintf("timeline_note_%d", i)) \
        at first real_nth("end", i), first real_nth("middle", i) left font ",14" textcolor "#404040"
}
set lmargin at screen timeline_left / 1200.0
set rmargin at screen 0.875
set tmargin at screen 1 - 95.0 / high
set bmargin at screen 148.0 / high
set xlabel "time (s)" font ",16" offset 0,0.2
set xrange [0 : timeline_edge]
set yrange [timeline_height : 0]

plot $timeline_idle using (0):3:1:2:3:4 with boxxyerror linecolor rgb "#e6e6e6" \
        fillstyle solid noborder, \
    $timeline using 1:3:1:2:3:4:5 with boxxyerror linecolor rgb variable linewidth 0 \
        fillstyle solid noborder

# SPDX-License-Identifier: GPL-3.0-or-later
# timeline: who did what when. Of each strategy the run with the most workers (its median run): a row
# a worker, a bar a task, all on one time axis. Neighbouring tasks of a worker are dark and light by
# turns. Grey is a worker without work: at the left start-up, between bars hand-out, at the right the
# wait for the last straggler.
#
# settings.gp says which runs: timeline_names, timeline_workers, timeline_ends (see harness/report/graphs/timeline.h).
lanes = words(timeline_names)
workers_of(i) = int(word(timeline_workers, i))
end_of(i) = real(word(timeline_ends, i))

# The threads of a BLAS share every task, so they have one row together.
rows_of(i) = word(timeline_names, i) eq "blas" ? 1 : workers_of(i)

# Rows are of equal height up to eight workers; more of them share the height of eight.
gap = 0.7
height(i) = rows_of(i) < 8 ? rows_of(i) : 8
array top[lanes + 1]
top[1] = 0
do for [i = 1 : lanes] { top[i + 1] = top[i] + height(i) + gap }
row(i, worker) = top[i] + height(i) * worker / real(rows_of(i))
row_height(i) = height(i) / real(rows_of(i))

# A run that is far longer than the fastest one goes on beyond the edge.
fastest = end_of(1)
slowest = end_of(1)
do for [i = 2 : lanes] {
    if (end_of(i) < fastest) { fastest = end_of(i) }
    if (end_of(i) > slowest) { slowest = end_of(i) }
}
edge = slowest < 5 * fastest ? slowest : 5 * fastest

pixels = 190 + 17 * top[lanes + 1]
pixels = pixels < 800 ? 800 : pixels > 2400 ? 2400 : pixels
set output
if (terminal eq "svg") {
    set terminal svg size 1200,pixels dynamic font "DejaVu Sans,20" background "#ffffff" noenhanced
} else {
    set terminal pngcairo size 1200,pixels font "DejaVu Sans,18" background "#ffffff" noenhanced
}
set output output

set title "Timeline: " . what offset 0,0.9
set label 199 "left: strategy and number of workers; a row a worker, a bar a task; grey: no work" \
    at screen 0.5, 1 - 72.0 / pixels center font ",15" textcolor "#404040"
unset arrow 1
unset arrow 2
unset label 1
unset label 2
unset key
set border 1
set grid noytics xtics
set ytics scale 0 font ",16"
set ytics ()
do for [i = 1 : lanes] {
    set ytics add (sprintf("%s %4d", word(timeline_names, i), workers_of(i)) \
                   top[i] + height(i) / 2.0)
    set object i rectangle from 0, top[i] to (end_of(i) < edge ? end_of(i) : edge), top[i] + height(i) \
        behind fillcolor rgb "#dcdcdc" fillstyle solid noborder
    set label i + 200 (end_of(i) <= edge ? sprintf(" %.3g s", end_of(i)) \
                                         : sprintf(" on to %.3g s", end_of(i))) \
        at (end_of(i) < edge ? end_of(i) : edge), top[i] + height(i) / 2.0 left font ",14" \
        textcolor "#404040"
}
longest = 0
do for [i = 1 : lanes] {
    longest = strlen(word(timeline_names, i)) > longest ? strlen(word(timeline_names, i)) : longest
}
set lmargin at screen (50 + 10.5 * (longest + 4)) / 1200
set rmargin at screen 0.90
set tmargin at screen 1 - 95.0 / pixels
set bmargin at screen 120.0 / pixels
set label 100 at screen 0.012, 18.0 / pixels
set xlabel "time (s)"
set xrange [0 : edge]
set xtics autofreq
set yrange [top[lanes + 1] - gap : 0]

# Each worker's tasks are by turns 1 and 0, from 1 on for every run. The rows of trace.csv are in the order of the tasks, and so
# are the tasks of one worker.
array turn[4096]
dark = "0x0072b2 0xd55e00 0x009e73 0xcc79a7 0xb37400 0x2f8fc4 0x7f3c8d 0x404040"
light = "0x7db8dc 0xf2b48c 0x7fcfb6 0xeccadd 0xe8c27a 0xa9d6ef 0xc4a3cb 0x9a9a9a"
begin(i) = i == lane ? 0 : (lane = i, sum [k = 1 : 4096] (turn[k] = 0))
shade(i, worker) = (begin(i), turn[worker + 1] = 1 - turn[worker + 1], \
                    int(word(turn[worker + 1] ? dark : light, pick(i))))
lane = 0
mine(i) = name(0) eq word(timeline_names, i) && int(column("workers")) == workers_of(i)
cut(x) = x < edge ? x : edge

plot for [i = 1 : lanes] "trace.csv" \
    using (mine(i) ? column("start_s") : NaN): \
          (row(i, column("worker")) + row_height(i) / 2): \
          (cut(column("start_s"))):(cut(column("end_s"))): \
          (row(i, column("worker")) + 0.06 * row_height(i)): \
          (row(i, column("worker")) + 0.94 * row_height(i)): \
          (mine(i) ? shade(i, int(column("worker"))) : 0) \
    with boxxyerror linecolor rgb variable linewidth 0 fillstyle solid noborder

# SPDX-License-Identifier: GPL-3.0-or-later
# resources: CPU use and memory of all processes of a run together, over time; of every strategy its
# run on the most workers. A plateau of the CPU use at 100 % times the cores is as much as can be had;
# what falls off towards the end is workers that have nothing left to do. The variables are in
# harness/report/graphs/usage.h.
alone = exists("watched")
set multiplot
set label 200 "CPU and memory: " . what at screen 0.5,0.955 center font ",20" textcolor "#202020"
if (!alone) {
    step = 0.80 / resources_lines < 0.036 ? 0.80 / resources_lines : 0.036
    do for [i = 1 : resources_lines] {
        set label 1000 + i value(sprintf("resources_name_%d", i)) at screen 0.715, 0.885 - step * i \
            left point pointtype nth("shapes", i) pointsize 1.4 * mark linewidth 2 linecolor rgb tint(i) \
            offset 0.9,0 font sprintf(",%d", step > 0.03 ? 14 : 12) textcolor rgb ink(i)
    }
}
set lmargin at screen 0.115
set rmargin at screen (alone ? 0.96 : 0.685)
set xrange [0 : resources_edge]
set format x ""
set tmargin at screen 0.89
set bmargin at screen 0.57
set ylabel "CPU use (% of a core)" font ",16" offset 0.7,0
set yrange [0 : 10 < *]
set arrow 3 from graph 0, first 100 * all_cores to graph 1, first 100 * all_cores nohead \
    dashtype 3 linewidth 2 linecolor rgb "#808080"
set label 3 all_cores_text . " " at graph 1, first 100 * all_cores right offset 0,0.6 font ",14" \
    textcolor "#505050"
plot for [i = 1 : resources_lines] $resources index i - 1 using 1:2 with linespoints pointnumber 7 \
    linecolor rgb tint(i) pointtype nth("shapes", i) dashtype nth("dashes", i) linewidth 2.5

unset arrow 3
unset label
set format x
set xlabel "time (s)" font ",16"
set tmargin at screen 0.52
set bmargin at screen 0.19
set ylabel "memory (MiB)" font ",16" offset 0.7,0
set yrange [0 : 1 < *]
plot for [i = 1 : resources_lines] $resources index i - 1 using 1:3 with linespoints pointnumber 7 \
    linecolor rgb tint(i) pointtype nth("shapes", i) dashtype nth("dashes", i) linewidth 2.5
unset multiplot

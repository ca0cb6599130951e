# SPDX-License-Identifier: GPL-3.0-or-later
# resources: CPU use and memory of all processes of a run together, over time; of every strategy its
# run on the most workers. A plateau of the CPU use at 100 % times the cores is as much as can be had;
# what falls off towards the end is workers that have nothing left to do.
unset arrow 1
unset arrow 2
unset label 1
unset label 2
set xtics autofreq
set xrange [0 : *]

count = words(strategies)
array largest[count]
do for [i = 1 : count] {
    # A run that was over too soon has no rows: then the largest of them all is 0.
    stats "resources.csv" using (name(0) eq word(strategies, i) ? column("workers") : 0) \
        name "r" nooutput
    largest[i] = r_max
}
drawn(i) = name(0) eq word(strategies, i) && column("workers") == largest[i]
label(i) = exists("watched") || largest[i] == 0 ? "" : sprintf("%s on %d", word(strategies, i), largest[i])

set multiplot title "CPU and memory: " . what font ",18"
set lmargin at screen 0.10
set rmargin at screen (exists("watched") ? 0.96 : 0.70)
unset xlabel
set format x ""
set tmargin at screen 0.90
set bmargin at screen 0.56
set ylabel "CPU use (% of a core)" offset 1,0
set yrange [0 : *]
set arrow 3 from graph 0, first 100 * cores to graph 1, first 100 * cores nohead dashtype 3 \
    linewidth 2 linecolor "#909090"
set label 3 sprintf("%d core%s ", cores, cores == 1 ? "" : "s") at graph 1, first 100 * cores \
    right offset 0,0.6 font ",14" textcolor "#606060"
plot for [i = 1 : count] "resources.csv" \
    using (drawn(i) ? column("time_s") : NaN):(column("cpu_percent")) with lines \
    linecolor rgb colour[pick(i)] linewidth 2.5 title label(i)

unset arrow 3
unset label 3
unset key
unset label 100
set format x
set xlabel "time (s)"
set tmargin at screen 0.50
set bmargin at screen 0.16
set ylabel "memory (MiB)" offset 1,0
plot for [i = 1 : count] "resources.csv" \
    using (drawn(i) ? column("time_s") : NaN):(column("memory_kib") / 1024) with lines \
    linecolor rgb colour[pick(i)] linewidth 2.5 title ""
unset multiplot

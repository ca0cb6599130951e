# SPDX-License-Identifier: GPL-3.0-or-later
# walltime: seconds for all images, against the number of workers. The graph that the class posts.
set title "Wall time: " . what offset 0,0.5

set ylabel "wall time of all images (s)"
set yrange [0 : *]
stats "summary.csv" using (only("serial", "wall_median_s")) name "s" nooutput

plot [0 : most * 1.06] \
    (x >= 1 ? s_max / x : NaN) with lines linecolor "#b0b0b0" linewidth 2 dashtype 2 \
        title "serial / workers", \
    for [i = 1 : words(strategies)] "summary.csv" \
        using (only(word(strategies, i), "workers") + dodge(i)):(column("wall_median_s")): \
              (bound("wall_low_s", "wall_median_s")):(bound("wall_high_s", "wall_median_s")) \
        with yerrorlines linecolor rgb colour[pick(i)] pointtype shape[pick(i)] pointsize 1.6 \
        linewidth 2 title word(strategies, i)

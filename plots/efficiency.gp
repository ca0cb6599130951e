# SPDX-License-Identifier: GPL-3.0-or-later
# efficiency: speedup / workers; how much of each worker is put to use.
set title "Efficiency: " . what offset 0,0.5

set ylabel "efficiency (speedup / workers)"
set yrange [0 : 1.15]
set samples 2000
ceiling_share(w) = tasks > 0 && w >= 1 ? 1.0 * tasks / ceil(1.0 * tasks / w) / w : NaN

plot [0 : most * 1.06] \
    1 with lines linecolor "#b0b0b0" linewidth 2 dashtype 2 title "linear", \
    ceiling_share(floor(x + 0.5)) with lines linecolor "#707070" linewidth 2 \
        title (tasks > 0 ? "ceiling" : ""), \
    for [i = 1 : words(strategies)] "summary.csv" \
        using (only(word(strategies, i), "workers") + dodge(i)):(column("efficiency")): \
              (bound("speedup_low", "speedup") / column("workers")): \
              (bound("speedup_high", "speedup") / column("workers")) \
        with yerrorlines linecolor rgb colour[pick(i)] pointtype shape[pick(i)] pointsize 1.6 \
        linewidth 2 title word(strategies, i)

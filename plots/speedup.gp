# SPDX-License-Identifier: GPL-3.0-or-later
# speedup: how many times faster than the serial strategy, against the number of workers.
#
# Grey: linear speedup, and below it the ceiling that counting alone sets, N / ceil(N / W): 25 images
# on 2 workers are 13 turns, not 12.5. What lies below both is lost elsewhere.
set title "Speedup: " . what offset 0,0.5

set ylabel "speedup (serial time / time)"
set yrange [0 : most * 1.06]
set samples 2000
staircase(w) = tasks > 0 && w >= 1 ? 1.0 * tasks / ceil(1.0 * tasks / w) : NaN

plot [0 : most * 1.06] \
    x with lines linecolor "#b0b0b0" linewidth 2 dashtype 2 title "linear", \
    staircase(floor(x + 0.5)) with lines linecolor "#707070" linewidth 2 \
        title (tasks > 0 ? "ceiling" : ""), \
    for [i = 1 : words(strategies)] "summary.csv" \
        using (only(word(strategies, i), "workers") + dodge(i)):(column("speedup")): \
              (bound("speedup_low", "speedup")):(bound("speedup_high", "speedup")) \
        with yerrorlines linecolor rgb colour[pick(i)] pointtype shape[pick(i)] pointsize 1.6 \
        linewidth 2 title word(strategies, i)

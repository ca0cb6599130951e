# SPDX-License-Identifier: GPL-3.0-or-later
# compare: speedup against workers of several results, a line each. settings in compare.gp of the
# output directory: `lines`, how many, and `titles`, their names; compare.csv tells them by number.
# Names of directories are long: they go below the graph, which the picture grows for.
pixels = 755 + 27 * lines
set output
if (terminal eq "svg") {
    set terminal svg size 1200,pixels dynamic font "DejaVu Sans,20" background "#ffffff" noenhanced
} else {
    set terminal pngcairo size 1200,pixels font "DejaVu Sans,18" background "#ffffff" noenhanced
}
set output output
set tmargin at screen 1 - 70.0 / pixels
set bmargin at screen 1 - 620.0 / pixels
set rmargin at screen 0.97
set key at screen 0.06, 1 - 718.0 / pixels left top Left reverse samplen 2 spacing 1.2 \
    font ",15" maxrows lines + 1 maxcols 1
set title "Speedup: " . what offset 0,0.5

set ylabel "speedup (serial time / time)"
set yrange [0 : most * 1.06]
step = 0.012 * lines > 0.16 ? 0.16 / lines : 0.012
shift(i) = (i - (lines + 1) / 2.0) * step * most
here(i) = int(column("line")) == i

plot [0 : most * 1.06] \
    x with lines linecolor "#b0b0b0" linewidth 2 dashtype 2 title "linear", \
    for [i = 1 : lines] data \
        using (here(i) ? column("workers") + shift(i) : NaN):(column("speedup")): \
              (bound("speedup_low", "speedup")):(bound("speedup_high", "speedup")) \
        with yerrorlines linecolor rgb colour[pick(i)] pointtype shape[pick(i)] pointsize 1.6 \
        linewidth 2 title titles[i]

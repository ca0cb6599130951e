# SPDX-License-Identifier: GPL-3.0-or-later
# filters: time a pixel against the window, and time an image against its size, for the three
# engines of the median; from filters.csv, as `make bench-filters` writes it. Run inside that
# directory as
#
#     gnuplot -e "terminal='png'; output='filters.png'; caption='...'" PLOTS/filters.gp

if (terminal eq "svg") {
    set terminal svg size 1200,800 dynamic font "DejaVu Sans,18" background "#ffffff" noenhanced
} else {
    set terminal pngcairo size 1200,800 font "DejaVu Sans,16" background "#ffffff" noenhanced
}
set output output
set datafile separator ","
set encoding utf8

engines = "highpass-select highpass-histogram highpass-rank"
# Okabe and Ito's colours, which colour-blind readers can tell apart; each with a shape of its own.
array colour[3] = ["#d55e00", "#0072b2", "#009e73"]
array shape[3] = [5, 7, 9]

set border 3 linewidth 1.5 linecolor "#404040"
set tics nomirror out textcolor "#202020"
set grid linetype 1 linewidth 1 linecolor "#e4e4e4"
set logscale xy
set key top left Left reverse samplen 2 spacing 1.25

row(i, varied) = strcol("engine") eq word(engines, i) && strcol("varied") eq varied
per_pixel(s) = s * 1e9 / (column("ny") * column("nx"))

# What highpass-rank did: its points, by the method that it chose.
methods = "nine five network walk histogram"
array mark[5] = [4, 12, 8, 6, 10]
chose(i) = row(3, "window") && strcol("method") eq word(methods, i)

peers = "Published, not measured here. 1000x1000: OpenCV 4.13 (32-bit floats) 0.3 to 0.5 ms for a window of 3, " . \
        "2 to 3 ms for 5; its 8-bit filter 25 to 30 ms for 50;\n" . \
        "Suomela's mf2d 350 ms and SciPy 15 s for 50. See also Adams 2021, Moroto and Umetani 2022, " . \
        "Sugy 2025 (arXiv 2507.19926), PPC MF (hints)."
set label 1 peers at screen 0.012,0.075 font ",11" textcolor "#606060"
set label 2 caption at screen 0.012,0.022 font ",12" textcolor "#606060"

set multiplot layout 1,2 title "The median of a window, exact for float64, on one core" \
    font ",20" offset 0,-0.3 margins 0.125,0.975,0.22,0.86 spacing 0.13

set title "1000x1000 pixels" offset 0,-0.5
set xlabel "window (pixels a side)"
set ylabel "time a pixel (ns)" offset 1.5,0
set xtics (3, 5, 9, 15, 25, 50, 101, 201, 512)
set xrange [2.5 : 600]
set yrange [1 : 1e7] # room for the key
plot for [i = 1 : 3] "filters.csv" \
    using (row(i, "window") ? column("window") : NaN):(per_pixel(column("median_s"))): \
          (per_pixel(column("min_s"))):(per_pixel(column("max_s"))) \
    with yerrorlines linecolor rgb colour[i] pointtype shape[i] pointsize 1.4 linewidth 2 \
    title word(engines, i), \
    for [i = 1 : 5] "filters.csv" \
    using (chose(i) ? column("window") : NaN):(per_pixel(column("median_s"))) \
    with points linecolor rgb "#202020" pointtype mark[i] pointsize 2.2 linewidth 2 \
    title (i < 5 ? "    " . word(methods, i) : "")

unset label 1
unset label 2
unset key
set title "window 50"
set xlabel "pixels a side of the image"
set ylabel "time an image (ms)" offset 1,0
set xtics (250, 500, 1000, 2000, 4000)
set xrange [220 : 4600]
set yrange [1 : 1e5]
plot for [i = 1 : 3] "filters.csv" \
    using (row(i, "size") ? column("ny") : NaN):(column("median_s") * 1e3): \
          (column("min_s") * 1e3):(column("max_s") * 1e3) \
    with yerrorlines linecolor rgb colour[i] pointtype shape[i] pointsize 1.4 linewidth 2
unset multiplot

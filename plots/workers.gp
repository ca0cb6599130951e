# SPDX-License-Identifier: GPL-3.0-or-later
# One chart of lines against the number of workers: that whose variables in settings.gp begin with the
# value of `graph` (harness/report/graphs/chart/chart.h lists them). The script that loads this one sets the
# titles before, and
#
#     reference(x), reference_name   a grey dashed line, and what the key calls it; "": none
#     limit_name                     what the key calls the ticks; "": they are not in the key
#     no_marks                       where it is set, the ends of the machine have no names
#     no_numbers                     where it is set, no numbers of workers stand below the axis
#     value_base                     of a logarithmic axis of values: tics at the powers of 2, or 10
#
# Where settings.gp has a band (harness/report/graphs/bands.h), it lies behind the points, and where it
# has what the machine allows, that is a dotted line.
#
# Points and lines are where they were measured; whiskers have been moved aside by some pixels.
unset logscale
if (own("log_x")) { set logscale x 2 }
if (own("log_y")) { set logscale y }
set xrange [own("x_low") : own("x_high")]
set yrange [own("y_low") : own("y_high")]
set lmargin at screen own("left")
set rmargin at screen own("right")
set bmargin at screen share(own("bottom"))
set tmargin at screen share(own("top"))

# Beside the title of the axis, where no data are.
set key at screen 0.988, screen share(0.109) right horizontal maxrows 1 samplen 2 width -1 \
    font ",14"

named(i) = nth("tics", i) && !exists("no_numbers") ? word(own("workers"), i) : ""
set xtics nomirror out font ",16" (named(1) nth("workers", 1))
do for [i = 2 : words(own("workers"))] {
    set xtics add (named(i) nth("workers", i))
}
if (own("log_y")) {
    set ytics nomirror out font ",16" ("" own("y_low") / 10)
    do for [power = -20 : 20] {
        do for [digit in value_base == 2 ? "1" : "1 2 5"] {
            tic = digit * real(value_base)**power
            if (tic >= own("y_low") && tic <= own("y_high")) { set ytics add (sprintf("%g", tic) tic) }
        }
    }
} else {
    set ytics autofreq nomirror out font ",16"
}

# Where the machine ends. The two texts stand on different sides of their lines, above the data.
unset arrow
unset label 1
unset label 2
if (cores > 0 && cores < own("x_high")) {
    set arrow 1 from cores, graph 0 to cores, graph 1.03 nohead back dashtype 3 linewidth 2 \
        linecolor rgb "#808080"
    set label 1 (exists("no_marks") ? "" : cores_text) at cores, graph 1 right offset -0.4,0.5 \
        font ",14" textcolor "#505050"
}
if (threads > cores && threads < own("x_high")) {
    set arrow 2 from threads, graph 0 to threads, graph 1.03 nohead back dashtype 3 linewidth 2 \
        linecolor rgb "#808080"
    set label 2 (exists("no_marks") ? "" : sprintf("%d hardware threads", threads)) \
        at threads, graph 1 left offset 0.4,0.5 font ",14" textcolor "#505050"
}

# Where workers get slower cores, with a line of its own. Its text stands above the data, too, and
# higher where that of the cores is near.
along(x) = own("log_x") ? log(x / own("x_low")) / log(own("x_high") / own("x_low")) \
                        : (x - own("x_low")) / (own("x_high") - own("x_low"))
unset arrow 3
unset label 3
if (exists("fast_cores") && fast_cores > 0 && fast_cores < own("x_high")) {
    near = cores > 0 && (along(cores) - along(fast_cores)) * (own("right") - own("left")) * 1200 < 110
    set arrow 3 from fast_cores, graph 0 to fast_cores, graph (near ? 1.08 : 1.03) nohead back \
        dashtype 4 linewidth 2 linecolor rgb "#b08050"
    set label 3 (exists("no_marks") ? "" : "slow cores from here") at fast_cores, graph 1 right \
        offset -0.4,(near ? 1.5 : 0.5) font ",14" textcolor "#805020"
}

# The names, each with its marker and a thin line that leads to it.
do for [i = 1 : own("lines")] {
    side = nth("label_side", i)
    set arrow 1000 + i from real_nth("end_x", i), real_nth("end_y", i) \
        to screen real_nth("label_x", i) - side * 0.012, screen share(real_nth("label_y", i)) \
        nohead linewidth 1 dashtype 3 linecolor rgb tint(i)
    set label 1000 + i value(sprintf("%s_name_%d", graph, i)) \
        at screen real_nth("label_x", i), screen share(real_nth("label_y", i)) left \
        point pointtype nth("shapes", i) pointsize 1.4 * mark linewidth 2 linecolor rgb tint(i) \
        offset (side < 0 ? -1.2 : 0.9), -0.15 font sprintf(",%d", own("font")) textcolor rgb ink(i)
    if (side < 0) { set label 1000 + i right }
}

# Behind all else. A block has to be there even where nothing of it is drawn.
banded = exists(graph . "_band")
$none << END
0 0 0
END
band_block = banded ? "$" . graph . "_band" : "$none"
limited = exists(graph . "_machine")
machine_block = limited ? "$" . graph . "_machine" : "$none"
# With more in it the key needs the place of the title of the axis, which makes room at the left.
if (banded || strlen(reference_name) > 8) { set xlabel offset -17,0 } else { set xlabel offset 0,0 }
band_name = banded ? value(graph . "_band_name") : ""

# What would lie above the picture ends at its edge: gnuplot cuts areas badly.
below(y) = y < own("y_high") ? y : own("y_high")

plot for [k = 1 : banded] band_block using 1:(below($2)):(below($3)) \
        with filledcurves fillcolor rgb "#dce8f2" fillstyle solid noborder title band_name, \
    for [k = 1 : strlen(reference_name) > 0] reference(x) with lines linecolor rgb "#a0a0a0" \
        linewidth 2 dashtype 2 title reference_name, \
    for [k = 1 : limited] machine_block using 1:2 \
        with lines linecolor rgb "#805020" linewidth 2.5 dashtype 3 title "machine", \
    "$" . graph . "_limits" using 1:3:($2 - $1):(0) \
        with vectors nohead linecolor rgb "#606060" linewidth 4 title limit_name, \
    "$" . graph . "_whiskers" using 1:2:(0):($3 - $2):4 \
        with vectors heads size screen 0.003,90 nofilled linecolor rgb variable linewidth 2 notitle, \
    for [i = 1 : own("lines")] "$" . graph index i - 1 using 1:2 \
        with lines linecolor rgb tint(i) dashtype nth("dashes", i) \
        linewidth (own("lines") > 15 ? 1.5 : 2.5) notitle, \
    for [i = 1 : own("lines")] "$" . graph index i - 1 using 1:2 \
        with points linecolor rgb tint(i) pointtype nth("shapes", i) pointsize 1.7 * mark linewidth 2 notitle

# SPDX-License-Identifier: GPL-3.0-or-later
# The look that all graphs share. `speedup plot DIR` runs, inside the result directory,
#
#     gnuplot -d -e "graph='speedup'; terminal='png'; output='speedup.png'" \
#         settings.gp PLOTS/style.gp PLOTS/speedup.gp
#
# where settings.gp, which it has written there, says what is to be drawn:
#
#     what          "highpass, 25 images of 1000x1000", for titles
#     caption_1, _2 machine; host and date
#     remark        what a reader must know before anything else; else empty
#     cores, threads  where to mark the end of the machine; 0: not at all
#     all_cores, all_cores_text   how many may be used at a time: "16 hardware threads"
#     cores_text    "8 cores"
#     fast_cores    where slower ones begin; 0, or not set: nowhere
#     tasks_name    "images", or "tasks"
#     watched       set where there is only a resources.csv, that of `speedup watch`
#
# and the data of each graph, in variables that the headers in harness/report/graphs/ explain. All that
# comes from other files are numbers, and text that cannot be anything but text.

# Where this script lies, and the others beside it.
here = ARG0[1 : strlen(ARG0) - strlen("style.gp")]

high = exists(graph . "_pixels") ? value(graph . "_pixels") : 800
# A point is 1.33 pixels in a PNG and one in an SVG.
if (terminal eq "svg") {
    set terminal svg size 1200,high dynamic font "DejaVu Sans,18" fontscale 1.333 \
        background "#ffffff" noenhanced
} else {
    set terminal pngcairo size 1200,high font "DejaVu Sans,18" background "#ffffff" noenhanced
}
# Points, too, are larger there.
mark = terminal eq "svg" ? 0.5 : 1.0
set output output
set encoding utf8

set border 3 linewidth 1.5 linecolor "#404040"
set tics nomirror out textcolor "#202020" font ",16"
set grid linetype 1 linewidth 1 linecolor "#e4e4e4"
set errorbars 0.7
unset key
set label 100 caption_1 at screen 0.012, 40.0 / high font ",13" textcolor "#505050"
set label 101 caption_2 at screen 0.012, 16.0 / high font ",13" textcolor "#505050"
set label 102 remark at screen 0.988, 16.0 / high right font ",13" textcolor "#b2182b"

# The n-th word of this graph's variable, as a number.
own(name) = value(graph . "_" . name)
nth(name, i) = int(word(own(name), i))
real_nth(name, i) = real(word(own(name), i))
tint(i) = nth("colours", i)
# The same, darker, for text: letters are thinner than lines, and light ones are lost on a wall.
darker(part) = int(0.72 * part)
ink(i) = 65536 * darker(tint(i) / 65536) + 256 * darker(tint(i) / 256 % 256) + darker(tint(i) % 256)
# A height in shares of the usual picture, in shares of this one: what is measured from below stays
# where it is, at the top of a higher picture. The part with the data may be higher than usual, too.
part = exists(graph . "_part") ? value(graph . "_part") : 800
share(y) = (high - part + 800.0 * y) / high

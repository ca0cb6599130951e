# SPDX-License-Identifier: GPL-3.0-or-later
# images: the first image beside its filtered self. image.bin holds both as raw float64, bottom row
# first, one image after the other; its shape, and the limits and units of the colours, come from
# settings.gp.
unset border
unset grid
unset tics

# Inferno, the palette of matplotlib (Smith and van der Walt, 2015), at nine of its 256 steps: even
# steps of lightness, so that it reads the same in grey and for colour-blind eyes.
set palette defined (0.000 "#000004", 0.125 "#210c4a", 0.250 "#57106e", 0.375 "#8a226a", \
                     0.500 "#bc3754", 0.625 "#e45a31", 0.750 "#f98e09", 0.875 "#f9cb35", \
                     1.000 "#fcffa4")
bytes = image_ny * image_nx * 8
set size ratio real(image_ny) / image_nx
set xrange [-0.5 : image_nx - 0.5]
set yrange [-0.5 : image_ny - 0.5]

set multiplot
set label 200 "The first image: " . what at screen 0.5,0.955 center font ",20" textcolor "#202020"
do for [k = 0 : 1] {
    set lmargin at screen 0.05 + 0.48 * k
    set rmargin at screen 0.46 + 0.48 * k
    set bmargin at screen 0.25
    set tmargin at screen 0.86
    set title k == 0 ? "original" : "high-pass filtered" offset 0,-0.4
    low = k == 0 ? image_low : filtered_low
    high_end = k == 0 ? image_high : filtered_high
    set cbrange [low : high_end]
    set colorbox horizontal user origin 0.075 + 0.48 * k, 0.19 size 0.36,0.025
    set cbtics (sprintf("%.3g", low) low, sprintf("%.3g", (low + high_end) / 2) (low + high_end) / 2, \
                sprintf("%.3g", high_end) high_end) font ",14"
    set cblabel (k == 0 ? image_unit : filtered_unit) font ",14" offset 0,0.4
    plot "image.bin" binary skip=k*bytes array=(image_nx,image_ny) format="%float64" with image
    unset label
}
unset multiplot

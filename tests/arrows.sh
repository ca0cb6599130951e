#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The arrows between rooms: who may include whose headers. `make test` runs this first.
#
# Reads every #include "..." below the current directory (or the one given) and fails, naming file
# and line, where one goes against the grain, where a folder has too many source files to be read at a
# glance, and where a C file is too long for one sitting. Nothing but sh, find and awk is needed.
set -eu
cd "${1:-$(dirname "$0")/..}"

# A room is a folder with all below it; a file with a row of its own is a room of one. The row with
# the longest matching path holds. After the colon: the rooms whose headers it may include, its own
# always among them. Top to bottom, every arrow points down.
rooms='
tests                             : *
harness/commands                  : harness/grade harness/report harness/results harness/measure harness/machine strategies filters generator harness/base
strategies/launchers/mpi_ranks.c  : harness/commands strategies filters generator harness/base
harness/grade                     : harness/measure harness/machine strategies harness/base
harness/grade/probe               : strategies harness/base
harness/report                    : harness/results harness/measure harness/machine filters generator harness/base
harness/results                   : harness/measure harness/machine harness/base
harness/measure                   : harness/machine strategies filters generator harness/base
harness/machine                   : harness/base
strategies                        : harness/base
filters                           : generator harness/base
generator                         : harness/base
harness/base                      :
'
files_at_most=20  # .c and .h in one folder
lines_at_most=400 # in one of them

find generator filters strategies harness tests \( -name '*.c' -o -name '*.h' \) -print | sort |
awk -v rooms="$rooms" -v files_at_most="$files_at_most" -v lines_at_most="$lines_at_most" '
function complain(text) { print "arrows: " text; bad++ }

# The row that a path belongs to: the longest that is the path itself or a folder above it.
function room_of(path,    room, best) {
    best = ""
    for (room in allowed)
        if ((path == room || index(path, room "/") == 1) && length(room) > length(best))
            best = room
    return best
}

function check_include(file, line, header,    from, to) {
    from = room_of(file)
    to = room_of(header)
    arrows++
    if (to == "")
        complain(file ":" line ": \"" header "\" is in no room; write the path from the top")
    else if (from != to && allowed[from] !~ /[*]/ && index(allowed[from], " " to " ") == 0)
        complain(file ":" line ": " from " must not include \"" header "\", which is in " to)
}

function read_file(file,    text, line, folder, parts) {
    if (room_of(file) == "")
        complain(file ": is in no room; give its folder a row in tests/arrows.sh")
    for (line = 1; (getline text < file) > 0; line++)
        if (text ~ /^[ \t]*#[ \t]*include[ \t]*"/) {
            split(text, parts, "\"")
            check_include(file, line, parts[2])
        }
    close(file)
    if (line - 1 > lines_at_most)
        complain(file ": has " line - 1 " lines; " lines_at_most " are enough for one job")
    folder = file
    sub(/\/[^\/]*$/, "", folder)
    in_folder[folder]++
}

BEGIN {
    count = split(rooms, rows, "\n")
    for (i = 1; i <= count; i++)
        if (split(rows[i], cells, ":") == 2) {
            gsub(/ /, "", cells[1])
            allowed[cells[1]] = " " cells[2] " "
        }
}

{ read_file($0) }

END {
    for (folder in in_folder)
        if (in_folder[folder] > files_at_most)
            complain(folder ": has " in_folder[folder] " source files; divide it")
    if (NR == 0)
        complain("no source files here: is this the right directory?")
    printf "arrows: %d files, %d includes, %d against the grain or too much\n", NR, arrows, bad
    exit bad > 0
}'

#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make scale: large frames, many workers, too few descriptors. Prints what the memory of each came to at
# its peak, and removes its data. A frame of SIDE x SIDE pixels takes SIDE * SIDE * 8 bytes on the disk.
#
#     scale.sh PROGRAM [SIDE]
set -eu
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
side=${2:-20000}
directory=$(mktemp -d "${TMPDIR:-/tmp}/speedup-scale-XXXXXX")
trap 'rm -rf "$directory"' EXIT
cd "$directory"

python3 - "$side" <<'END'
import array, random, sys
side = int(sys.argv[1])
cards = ["SIMPLE  =                    T", "BITPIX  =                  -64", "NAXIS   =                    2",
         "NAXIS1  = %20d" % side, "NAXIS2  = %20d" % side, "END"]
row = array.array("d", (random.random() for _ in range(side)))
row.byteswap()
with open("frame.fits", "wb") as file:
    file.write("".join(card.ljust(80) for card in cards).ljust(2880).encode())
    for _ in range(side):
        start = random.randrange(side)
        file.write((row[start:] + row[:start]).tobytes())
    file.write(b"\0" * (-side * side * 8 % 2880))
END

# What: exit code, seconds, peak memory of the largest process, and the last message.
measure() {
    what=$1
    shift
    python3 - "$what" "$@" <<'END'
import resource, subprocess, sys, time
began = time.time()
run = subprocess.run(sys.argv[2:], capture_output=True, text=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
said = [line for line in run.stderr.splitlines() if "warning" not in line]
print("%-28s exit code %d, %5.1f s, %6.0f MiB  %s" % (sys.argv[1], run.returncode, time.time() - began,
                                                     peak, said[-1] if said else ""))
END
}

measure "filter ${side}x$side" "$program" filter --out out frame.fits
measure "256 workers" "$program" bench --images 300 --size 16x16 --window 3 --workers 256 --rounds 1 \
    --strategies serial,fork,fork-pipe,pthreads,pool,openmp,process-pool,spawn,global-lock --out workers
measure "more images than memory" "$program" bench --images 100000 --size 20000x20000 --out images
# One shell each, so that the limit is that of one.
# shellcheck disable=SC3045
(ulimit -n 40 && measure "64 workers, 40 descriptors" "$program" bench --images 30 --size 16x16 --window 3 \
    --workers 64 --rounds 1 --strategies serial,fork-pipe,process-pool,spawn --out descriptors)

#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make scale: large frames, many files, many tasks, many workers, too little of everything. Prints what the
# memory of each came to at its peak, beside the bytes a pixel that the README promises, and removes its data:
# on the disk SIDE * SIDE * 8 bytes for a frame, and 96 for the largest case of many files.
#
#     scale.sh PROGRAM [SIDE]
set -eu
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
side=${2:-20000}
tile=$((side / 5)) # of the files, and of the images in memory
directory=$(mktemp -d "${TMPDIR:-/tmp}/speedup-scale-XXXXXX")
trap 'rm -rf "$directory"' EXIT
cd "$directory"

python3 - "$side" <<'END_OF_FRAME'
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
END_OF_FRAME

# What, and of how many pixels (0: it is not about pixels): exit code, seconds, peak memory of the largest
# process, the same a pixel, and the first message.
measure() {
    what=$1
    pixels=$2
    shift 2
    python3 - "$what" "$pixels" "$@" <<'END_OF_RUN'
import resource, subprocess, sys, time
began = time.time()
run = subprocess.run(sys.argv[3:], capture_output=True, text=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
pixels = int(sys.argv[2])
each = "%5.1f bytes a pixel" % (peak * 2**20 / pixels) if pixels else ""
said = [line for line in run.stderr.splitlines() if "warning" not in line]
print("%-34s exit code %d, %6.1f s, %6.0f MiB %19s  %s" % (sys.argv[1], run.returncode, time.time() - began,
                                                          peak, each, said[0] if said else ""), flush=True)
END_OF_RUN
}

bench() {
    what=$1
    pixels=$2
    shift 2
    measure "$what" "$pixels" "$program" bench --window 3 --rounds 1 --out results "$@"
    rm -rf results results.*
}

measure "filter ${side}x$side" $((side * side)) "$program" filter --out out frame.fits
rm -rf frame.fits out
bench "memory, 8 images ${tile}x$tile" $((8 * tile * tile)) --images 8 --size "${tile}x$tile" \
    --strategies serial,pool --workers 2
for images in 10 100; do
    bench "files, $images of ${tile}x$tile" $((tile * tile)) --io files --images $images --size "${tile}x$tile" \
        --strategies serial,pool --workers 2
done
for images in 100 10000; do
    bench "files, $images of 100x100" 0 --io files --images $images --size 100x100 \
        --strategies serial,pool,process-pool --workers 2
done
bench "1000000 empty tasks" 0 --images 1000 --size 1000x1 --window 1 --grain band --bands 1000 \
    --strategies serial,pool,openmp,process-pool --workers 2
for workers in 16 256; do
    bench "$workers workers" 0 --images 300 --size 16x16 --workers $workers \
        --strategies serial,fork,fork-pipe,pthreads,pool,openmp,process-pool,spawn,global-lock
done
bench "more images than memory" 0 --images 100000 --size 20000x20000
bench "more images than disk" 0 --io files --images 100000 --size 20000x20000
# One shell each, so that the limit is that of one.
# shellcheck disable=SC3045
(ulimit -n 40 && bench "64 workers, 40 descriptors" 0 --images 30 --size 16x16 --workers 64 \
    --strategies serial,fork-pipe,process-pool,spawn)

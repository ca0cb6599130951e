/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter of the proof: tasks whose work is known, with a cause of loss put into them.
 *
 * A frame is one row of numbers that say what its task does; the output is what comes out of the
 * computing, the same whatever was put in. */
#ifndef TESTS_PROVE_WORK_H
#define TESTS_PROVE_WORK_H

#include <stdbool.h>

#include "filters/filter.h"

/* The pixels of an input frame. */
enum { WORK_STEPS, WORK_BYTES, WORK_WRITES, WORK_PIXELS = 8 };
/* steps of a chain of multiplications; bytes to stream through; writes to a counter */

/* What is put into the tasks of this process: zeros change nothing. Set by a strategy before its first
 * task; read by all its threads. */
struct inside {
    double locked; /* the share of a task's steps in which a lock is held */
    double shared; /* the share of its writes that go to a cache line of all workers */
};
extern struct inside work_inside;

/* The worker that the calling thread is: chooses its own cache line. */
extern _Thread_local int work_worker;

extern const struct filter work_filter;

/* Seconds that a million steps take here, the least of a few times. */
double work_million_s(void);

/* Goes once through `bytes` bytes at `memory`, reading and writing. */
void work_stream(double *memory, double bytes);

#endif

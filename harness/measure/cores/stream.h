/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small stream: a thread on a core of its own that adds 1 to every number of an array which no cache
 * holds, again and again. Beside it, what shares the memory with it gets less of it; so a task that
 * slows down there was waiting for memory. After STREAM (McCalpin, 1995). */
#ifndef HARNESS_MEASURE_CORES_STREAM_H
#define HARNESS_MEASURE_CORES_STREAM_H

#include "harness/base/error.h"
#include "harness/machine/topology.h"

enum { STREAM_MIB = 64 };

struct stream;

/* Starts it on a place (struct topology: places), which it is bound to; it streams when this returns.
 * NULL with *error set: no memory, no thread. */
struct stream *stream_start(const struct topology *topology, int place, struct error *error);

/* Ends the thread and frees all. */
void stream_stop(struct stream *stream);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one clock: wall-clock seconds that never jump, the same for all processes of the machine.
 *
 * Not clock(), which adds up the CPU time of all threads and so hides every speedup, and not
 * time(), which follows the operator's watch. */
#ifndef HARNESS_BASE_CLOCK_H
#define HARNESS_BASE_CLOCK_H

#include <sys/time.h>
#include <time.h>

/* Seconds since some fixed moment; only differences mean anything. */
static inline double clock_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail for this clock and a valid pointer */
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* A time as getrusage() and gettimeofday() have it, in seconds. */
static inline double clock_timeval_seconds(struct timeval time)
{
    return (double)time.tv_sec + 1e-6 * (double)time.tv_usec;
}

#endif

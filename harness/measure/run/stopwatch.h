/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a worker's thread has really had a core while it did a task.
 *
 * The system knows (CLOCK_THREAD_CPUTIME_ID), but to ask it is a system call, which can cost more
 * than a short task takes. So it is asked only when SELDOM_S has passed since the last time; in
 * between, a thread that goes on without a break is taken to have had its core all the time. */
#ifndef HARNESS_MEASURE_RUN_STOPWATCH_H
#define HARNESS_MEASURE_RUN_STOPWATCH_H

#include <pthread.h>

/* All zero at first. */
struct stopwatch {
    pthread_t thread;
    double asked_s; /* when the system was asked last, clock_seconds() */
    double known_s; /* the last moment for which cpu_s is known, or taken to be */
    double cpu_s;   /* of the thread, then */
};

/* A task begins at now_s, on the calling thread. */
void stopwatch_begin(struct stopwatch *watch, double now_s);

/* It ends at now_s. CPU seconds of the thread since it began. */
double stopwatch_end(struct stopwatch *watch, double now_s);

#endif

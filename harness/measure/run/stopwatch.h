/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a worker's thread has really had a core while it did a task, and how long it stood in
 * the queue for one.
 *
 * The system knows: CLOCK_THREAD_CPUTIME_ID and, on Linux, /proc/thread-self/schedstat. The queue
 * of the latter misses what the host of a virtual machine takes and, as of Linux 6.18, the pauses
 * of a quota; so for a thread that has not blocked, all its time without a core counts.
 *
 * But to ask the system takes up to three system calls, which can cost more than a short task
 * takes. So it is asked only when SELDOM_S (0.2 ms) has passed since the last time; in between, a
 * thread that goes on without a break is taken to have had its core all the time. */
#ifndef HARNESS_MEASURE_RUN_STOPWATCH_H
#define HARNESS_MEASURE_RUN_STOPWATCH_H

#include <pthread.h>
#include <stdbool.h>
#include <sys/types.h>

/* All zero at first. */
struct stopwatch {
    pthread_t thread;
    double asked_s; /* when the system was asked last, clock_seconds() */
    double known_s; /* the last moment for which cpu_s is known, or taken to be */
    double cpu_s;   /* of the thread, then */
    bool is_short;  /* the last task was */

    /* Of the thread, when the system was asked last. */
    double queued_s; /* NaN: not known */
    long blocked;    /* how often it waited by itself; 0 where that is not known */

    double queue_s;  /* of the last task that ended: stopwatch_queue() */
    double before_s; /* and before the last one that began: stopwatch_queue_before() */

    int file;     /* its schedstat; valid where `owner` is set */
    pid_t owner;  /* process whose thread that is */
    pthread_t of; /* and the thread */
};

/* A task begins at now_s, on the calling thread. */
void stopwatch_begin(struct stopwatch *watch, double now_s);

/* It ends at now_s. CPU seconds of the thread since it began. */
double stopwatch_end(struct stopwatch *watch, double now_s);

/* Seconds of that task in which its thread was ready and had no core: others had it, or the host of a
 * virtual machine, or a quota was used up. The rest of the time off the CPU it waited by itself. NaN:
 * not known. */
double stopwatch_queue(const struct stopwatch *watch);

/* The same between the end of the task before (the beginning of the thread, where there was none) and
 * the beginning of this one. */
double stopwatch_queue_before(const struct stopwatch *watch);

/* Lets go of what the system gave it; legal on a struct of zeros. */
void stopwatch_close(struct stopwatch *watch);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Kinds of cores and how fast each is, and what the second hardware thread of a core adds: measured
 * (measure/cores/measure_cores.h), or assumed where nobody could measure it. */
#ifndef HARNESS_MACHINE_CORES_CORE_SPEEDS_H
#define HARNESS_MACHINE_CORES_CORE_SPEEDS_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/machine/topology.h"

/* Assumed where nothing is measured: a slower core beside a fast one, and what the second hardware
 * thread of a core adds to the first. */
#define ASSUMED_SLOW_CORE 0.6
#define ASSUMED_SECOND_THREAD 0.25

enum { CORE_KINDS_AT_MOST = 8, CORE_SPEEDS_TEXT = 512 };

struct core_kind {
    int cores, threads;   /* that we may use */
    double speed;         /* of one worker that has a core to itself; the fastest kind has 1 */
    bool measured, given; /* given by the user; neither: assumed */
    int place; /* a core of it, where a worker can be bound to (struct topology: places); -1: none */
};

struct core_speeds {
    int kinds; /* at least 1, in the order in which workers come to them: the fast ones first */
    struct core_kind kind[CORE_KINDS_AT_MOST];
    double second_thread; /* 0.25: two threads of a core do 1.25 times the work of one */
    bool second_measured, second_given;
    int second_place[2]; /* two places on one core; -1 where no core has two */
    double together;     /* speed of a core when all are busy / alone; NaN: not measured */
    double beside;       /* the same beside one that streams through memory; NaN: not measured */
    double seconds;      /* that measuring took */
};

/* Fills in the kinds and places of this machine, with speeds that are assumed. */
void core_speeds_assume(const struct topology *topology, struct core_speeds *speeds);

/* Whether there is more than one kind of core, or a core with two threads: something to measure. */
bool core_speeds_differ(const struct core_speeds *speeds);

/* One line for machine.txt: "8 cores, 16 threads: 1 (measured); 16 cores, 16 threads: 0.55 (measured);
 * second thread: 0.28 (measured); all at once: 0.97; beside a stream: 0.99; measured in 0.9 s". */
void core_speeds_text(const struct core_speeds *speeds, char text[CORE_SPEEDS_TEXT]);

/* Reads such a line back. False where it is not one. The places are not in it: they become -1. */
bool core_speeds_read(const char *text, struct core_speeds *speeds);

/* The same for a reader: "8 fast cores and 16 at 55 % of their speed (measured); ..."; "" where all
 * cores are alike and have one thread each. */
void core_speeds_sentence(const struct core_speeds *speeds, char text[CORE_SPEEDS_TEXT]);

#endif

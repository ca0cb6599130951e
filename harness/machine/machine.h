/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a measurement was made on and with, and what may have disturbed it: machine.txt. */
#ifndef HARNESS_MACHINE_MACHINE_H
#define HARNESS_MACHINE_MACHINE_H

#include <stdio.h>

#include "harness/base/error.h"
#include "harness/machine/topology.h"

enum { WARNINGS_AT_MOST = 32, WARNING_LENGTH = 256 };

/* Warnings in the order in which they came up; all go into machine.txt and the report. */
struct warnings {
    int count;
    char text[WARNINGS_AT_MOST][WARNING_LENGTH];
};

/* Adds a warning (formatted as by printf) and prints it on standard error at once. A warning says
 * what to do about it. One that is there already is not added again. */
void warnings_add(struct warnings *warnings, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* CPU time that other processes, or the host of a virtual machine, have taken, for comparing before
 * with after. */
struct disturbance {
    double steal_s; /* taken by the host, all CPUs together; NaN where the system does not tell */
    double when_s;  /* clock_seconds() */
};

/* Looks at the machine before the measurement (load, frequency governor, quota) and warns. */
struct disturbance machine_look(const struct topology *topology, struct warnings *warnings);

/* Compares with `before` after the measurement and warns. */
void machine_look_again(const struct disturbance *before, const struct topology *topology,
                        struct warnings *warnings);

/* Writes DIR/machine.txt: topology, compiler and flags, libraries, commit, `command`, warnings. 0,
 * or -1 with *error set. */
int machine_write(const char *directory, const struct topology *topology, const char *command,
                  const struct warnings *warnings, struct error *error);

#endif

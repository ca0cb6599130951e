/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking at this machine again and again while a benchmark goes on: the part of disturbance.h that
 * has a clock. */
#ifndef HARNESS_MACHINE_DISTURBANCE_LOOKS_H
#define HARNESS_MACHINE_DISTURBANCE_LOOKS_H

#include "harness/base/error.h"
#include "harness/machine/disturbance/disturbance.h"
#include "harness/machine/machine.h"
#include "harness/machine/topology.h"

struct looks {
    struct machine_view view;
    struct machine_state state;
    int *cpus; /* as the system numbers them */
    struct counters *counters;
    size_t count, capacity;
};

/* Looks twice, with a moment of rest between. 0, or -1 with *error set and nothing to destroy. */
int looks_begin(struct looks *looks, const struct topology *topology, struct error *error);

/* Looks once more: after a round, when none of our children is running. 0, or -1 with *error. */
int looks_add(struct looks *looks, struct error *error);

/* Whether others worked on our CPUs since the look before the last. Then the last may be left out: what was
 * done in between does not count. */
bool looks_last_is_busy(const struct looks *looks);
void looks_leave_out_last(struct looks *looks);

/* What disturbed so far. */
void looks_judge(const struct looks *looks, struct disturbance *disturbance);

/* Adds a warning for each finding that disturbs, and for each other one that something can be done
 * about: what was seen, what it means (unless `brief`), what to do. A warning with the same remedy
 * as an earlier one is kept and not printed. */
void looks_warn(const struct disturbance *disturbance, bool brief, struct warnings *warnings);

/* Legal on a struct of zeros. */
void looks_destroy(struct looks *looks);

#endif

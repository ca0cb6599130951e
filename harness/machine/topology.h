/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the machine has, and what this process may use of it (hwloc, a container's quota). */
#ifndef HARNESS_MACHINE_TOPOLOGY_H
#define HARNESS_MACHINE_TOPOLOGY_H

#include <hwloc.h>
#include <stdbool.h>
#include <stdio.h>

#include "harness/base/error.h"

struct topology {
    hwloc_topology_t handle;
    char host[128];
    char cpu[128]; /* model of the processor; the architecture where it has no name */
    char os[256];

    /* What this process may use (affinity mask, cpuset of a container); at least 1 each. */
    int packages, numa_nodes, cores, threads;
    /* What the machine has, as far as it lets us see. */
    int machine_cores, machine_threads;

    double memory_bytes; /* of the machine */
    double quota;        /* CPUs that a container's limit allows at a time; 0: no limit */

    /* The hardware threads in the order in which workers are bound to them: one of each core first,
     * cores of the fastest kind first, then the second ones of each core. */
    int *places; /* `threads` hwloc logical indices */
    bool can_bind;
};

/* Asks hwloc and the system. 0, or -1 with *error set. With `synthetic`, a description that
 * hwloc_topology_set_synthetic() takes ("pack:2 core:4 pu:2") or an XML file ("machine.xml"), it is
 * that machine instead: for tests and forecasts. NULL otherwise. */
int topology_load(struct topology *topology, const char *synthetic, struct error *error);

/* This machine, with the quota that these files tell (quota_read()): for tests. */
int topology_load_within(struct topology *topology, const char *membership, const char *groups,
                         struct error *error);

/* Legal on a struct of zeros. */
void topology_destroy(struct topology *topology);

/* The most workers that can run at the same time: hardware threads, or fewer under a quota. */
int topology_most_workers(const struct topology *topology);

/* The default numbers of workers for a sweep: 1, 2, 4, ... up to the cores, the cores themselves,
 * then the hardware threads, none above topology_most_workers(). Fills `workers` with at most
 * `capacity` numbers in ascending order; returns how many. */
int topology_sweep(const struct topology *topology, int *workers, int capacity);

/* How many hardware threads of the same core come before this one: 0 for the first. */
int topology_turn(hwloc_topology_t handle, hwloc_obj_t pu);

/* Binds the calling thread to the place of worker `worker` (counted round the places when there are
 * more workers). Where the system cannot, does nothing. */
void topology_bind_worker(const struct topology *topology, int worker);

/* Prints the whole, one fact a line. */
void topology_print(const struct topology *topology, FILE *stream);

#endif

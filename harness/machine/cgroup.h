/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The control groups (cgroups) in which Linux keeps the CPU limits of containers. */
#ifndef HARNESS_MACHINE_CGROUP_H
#define HARNESS_MACHINE_CGROUP_H

#include <stdbool.h>

/* Is told of one group by its directory; `version` is 1 or 2. Returns false where the groups above
 * it are of no interest. */
typedef bool cgroup_visit(const char *directory, int version, void *context);

/* Visits the groups of a process that decide about its CPU time: its own, and then all above it.
 * There may be some of either version. `membership` is /proc/self/cgroup, `root` /sys/fs/cgroup
 * (other files for tests). Where they are not there (not Linux), nothing is visited. */
void cgroup_walk(const char *membership, const char *root, cgroup_visit *visit, void *context);

#endif

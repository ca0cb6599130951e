/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The CPU quota of a container: a control group (cgroup) allows its processes so much CPU time in
 * each period, whatever the number of cores they see. hwloc does not tell it. */
#ifndef HARNESS_MACHINE_QUOTA_H
#define HARNESS_MACHINE_QUOTA_H

/* CPUs that may be busy at a time, as in 1.5; 0 where there is no limit, or no cgroups (not Linux).
 *
 * `membership` is /proc/self/cgroup, `root` /sys/fs/cgroup (other files for tests). Version 2 reads
 * cpu.max of the process's group and of all groups above it, version 1 cpu.cfs_quota_us and
 * cpu.cfs_period_us; the smallest counts. */
double quota_read(const char *membership, const char *root);

#endif

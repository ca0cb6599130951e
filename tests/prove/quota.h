/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A group of processes whose CPU time is limited: cgroups of version 1 or 2, where we may make one. */
#ifndef TESTS_PROVE_QUOTA_H
#define TESTS_PROVE_QUOTA_H

/* The calling process enters the group, which may use so many CPUs from then on; and leaves it. 0, or
 * -1 with errno set. */
int quota_enter(double cpus);
int quota_leave(void);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much memory may still be used. */
#ifndef HARNESS_MACHINE_MEMORY_H
#define HARNESS_MACHINE_MEMORY_H

/* Memory in KiB that can be had without swapping: what the system calls available (on Linux free
 * memory and caches that can be dropped; elsewhere all that is built in), and not more than what is
 * left of a container's limit (control groups, both versions). 0: not known.
 *
 * `root` is where /proc and /sys are looked for: "" but for tests. */
double memory_available_kib(const char *root);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The processes of this machine, as the system lists them under /proc.
 *
 * Only Linux has such a list with what is asked for here. Elsewhere processes_available() is false,
 * and what is lost is CPU use and memory over time, of several processes together; the totals of
 * getrusage() remain, with the memory of the largest process alone.
 */
#ifndef HARNESS_MACHINE_PROCESSES_H
#define HARNESS_MACHINE_PROCESSES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct process {
    pid_t id, parent, group;
    unsigned long long started; /* tells processes apart that had the same id one after the other */
    double cpu_s;               /* of all its threads, and of the children that it has waited for */
    int threads;                /* 0 when it has ended and nobody has waited for it yet */
};

/* Whether this system has such a list. */
bool processes_available(void);

/* Lists all processes. *list is an array of *capacity entries from malloc(), NULL and 0 at first,
 * that grows as needed; free it in the end. Returns how many there are; 0 where they cannot be
 * listed. Those that begin or end meanwhile may be missing. */
size_t processes_list(struct process **list, size_t *capacity);

/* Memory of one process, KiB: its proportional set size, that is its own pages, and of each page
 * that n processes share one n-th; so the sum over all that share pages counts them once. Where the
 * system does not tell, its resident set, with all pages that it shares, and *shared_twice becomes
 * true. 0 when it has ended. */
long process_memory_kib(pid_t id, bool *shared_twice);

#endif

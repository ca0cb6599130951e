/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One run, in the process that was started for it alone. */
#ifndef HARNESS_MEASURE_RUN_ISOLATED_RUN_H
#define HARNESS_MEASURE_RUN_ISOLATED_RUN_H

/* The first argument that makes `speedup` such a process; the second is the descriptor of the
 * workload. Not for users: it is not in --help. */
#define ISOLATED_RUN_ARGUMENT "--isolated-run"

/* Attaches to the workload behind `descriptor` (a decimal number), does the run that its header
 * asks for, and leaves figures, stamps and outputs there. Returns the exit status: 0 when the run
 * came to its end, successful or not (the header says); 1 when it could not even begin. */
int isolated_run(const char *descriptor);

/* The same for a fresh process that is to be one worker of a run (strategies/spawn.c). Returns the
 * exit status: 0 when it came to its end, successful or not. */
#define SPAWNED_WORKER_ARGUMENT "--spawned-worker"
int spawned_worker(const char *descriptor);

#endif

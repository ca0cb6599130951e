/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ctrl-C (SIGINT), SIGTERM and SIGHUP as a note instead of an end, so that what was measured can be
 * written and nothing is left behind. A signal handler has no arguments: this is the one place of
 * the program whose state is global. */
#ifndef HARNESS_BASE_PROCESS_INTERRUPT_H
#define HARNESS_BASE_PROCESS_INTERRUPT_H

#include <stdbool.h>
#include <sys/types.h>

#include "harness/base/error.h"

/* From now on these signals do not end the program. System calls that wait fail with EINTR then.
 * One that was ignored when the program began stays so (nohup). It may be called again. 0, or -1
 * with *error set. */
int interrupt_catch(struct error *error);

/* The number of the first signal that has come; 0: none. Exit code is 128 more. */
int interrupt_signal(void);

/* How many have come: where it is more than before, another has come since. */
int interrupt_count(void);

/* A process that is sent SIGTERM when a signal comes, so that waiting for it ends at once; 0: none
 * any longer. `count` is what interrupt_count() was before the process began: one that came in
 * between is not missed. */
void interrupt_ends(pid_t process, int count);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small process that outlives this one by a moment: where this program is killed in a way that
 * it cannot catch (SIGKILL, out of memory), the guard kills the run under way with all its workers,
 * and removes what they had not finished writing.
 *
 * It waits for the end of a pipe whose other end only this program holds, so it costs no processor
 * time, and needs nothing that only Linux has (PR_SET_PDEATHSIG would not reach the workers: it is
 * not inherited). */
#ifndef HARNESS_MEASURE_RUN_GUARD_H
#define HARNESS_MEASURE_RUN_GUARD_H

#include <sys/types.h>

#include "harness/base/error.h"

/* Starts it, once; best while this program is small. It ends by itself after this program. 0, or -1
 * with *error set. */
int guard_start(struct error *error);

/* Tells it the process group that is to be killed; 0: none any longer, to be said before the
 * group's first process is waited for, since then its number may become another's. Without
 * a guard it does nothing. */
void guard_watch(pid_t group);

/* Tells it the directory that this program writes into, for leftovers_remove_of(). One that is
 * relative is of the current directory when the guard was started. */
void guard_tidy(const char *directory);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Put in front of the file that is graded (`cc -include`): every call that creates a thread or a
 * process, waits, or takes memory goes through the probe, with the line it stands on.
 *
 * The calls of a header are hooked by one of the same name in headers/, which the compiler finds
 * before the system's. So a header that the file does not include leaves no trace in it: the file
 * may have functions of its own called send() or shutdown(), and may say _GNU_SOURCE.
 *
 * Macros with arguments, so that a member or variable of the same name is left alone. A file that
 * cannot be compiled this way is graded without (HOOKS_OFF); then fewer lines are known. */
#ifndef HARNESS_GRADE_PROBE_HOOKS_H
#define HARNESS_GRADE_PROBE_HOOKS_H

#include "strategies/strategy.h"

#define HOOK_PLACE const char *hook_file, int hook_line
#define HOOK_HERE __FILE__, __LINE__

int hook_job_run(struct job *job, int task, int worker, HOOK_PLACE);
#if !defined HOOKS_FOR_THE_PROBE_ITSELF && !defined HOOKS_OFF
#define job_run(...) hook_job_run(__VA_ARGS__, HOOK_HERE)
#endif

/* The strategy that is graded, -DHOOKS_GRADED=strategy_mine on the grader's command line. Weak, as
 * each file says it where there are several. */
#ifdef HOOKS_GRADED
extern const struct strategy HOOKS_GRADED;
extern const struct strategy *const probe_graded;
__attribute__((weak)) const struct strategy *const probe_graded = &HOOKS_GRADED;
#endif

#ifdef HOOKS_FOR_THE_PROBE_ITSELF
#include "harness/grade/probe/headers/pthread.h"
#include "harness/grade/probe/headers/semaphore.h"
#include "harness/grade/probe/headers/stdlib.h"
#include "harness/grade/probe/headers/sys/mman.h"
#include "harness/grade/probe/headers/sys/socket.h"
#include "harness/grade/probe/headers/sys/wait.h"
#include "harness/grade/probe/headers/time.h"
#include "harness/grade/probe/headers/unistd.h"
#endif

#endif

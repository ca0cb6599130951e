/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the strategies with processes have in common. */
#ifndef STRATEGIES_PROCESS_H
#define STRATEGIES_PROCESS_H

#include <sys/types.h>

#include "strategies/job.h"

enum { NO_TASK = -1 };

/* Waits for the process of worker `worker` to end. 0, or -1 after job_fail() when it did not end of
 * its own accord with exit status 0; the reason names the worker, the signal and the `count` tasks
 * from `first` on that were lost with it; with NO_TASK and 0, none, or it is not known which. */
int process_join(struct job *job, pid_t process, int worker, int first, int count);

/* The same for a status that waitpid() has given already. */
int process_judge(struct job *job, int status, int worker, int first, int count);

/* Waits for all of `count` worker processes, in the order in which they end, so that one that dies
 * is noticed while the others go on. Worker w is children[w]. 0, or -1 after job_fail(). */
int process_join_all(struct job *job, const pid_t *children, int count);

/* waitpid(), as often as signals interrupt it. 0, or -1 after job_fail(). */
int process_wait(struct job *job, pid_t process, int *status);

/* Judges the end of a launcher, a program that starts others for us; messages call it `launcher`.
 * Where one of those was killed by signal n, the launcher ends with exit status 128 + n, as shells
 * do; then it is the signal that is reported, of `what` ("a rank"). 0, or -1 after job_fail(). */
int process_judge_launcher(struct job *job, int status, const char *launcher, const char *what);

/* The same for an exit status, or a signal where that is not 0. */
int process_judge_end(struct job *job, int exit_status, int signal_number, const char *launcher,
                      const char *what);

#endif

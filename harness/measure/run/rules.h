/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a strategy has to keep to, beside right results: tasks run inside run(), all of them have
 * ended when it returns, a worker number belongs to one thread at a time, and no process is left or
 * has crashed. Each breach is reported with what is probably missing; then the run has failed. */
#ifndef HARNESS_MEASURE_RUN_RULES_H
#define HARNESS_MEASURE_RUN_RULES_H

#include "harness/measure/run/run_job.h"

/* From now on a child of this process that crashes is reported, even if the strategy does not ask
 * how it ended. */
void rules_watch_crashes(struct run *run);

/* A task begins, and ends. Where it may not begin, -1 after job_fail(). */
int rules_begin_task(struct run *run, int task, int worker);
void rules_end_task(struct run *run, int worker);

/* Comes after each call of the strategy: a child process that returned from it does not come back
 * from here. */
void rules_only_parent_returns(struct run *run);

/* Comes when run() has returned: from now on no task may begin, and none may be under way. */
void rules_after_run(struct run *run);

/* Comes at the end: the strategy has waited for all its children. */
void rules_no_child_left(struct run *run);

#endif

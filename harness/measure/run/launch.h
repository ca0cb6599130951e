/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts a run in a process of its own and sees that it ends.
 *
 * The program executes itself anew (fork and exec), so that the run begins with fresh memory, with
 * no threads left over from an earlier one, and with libraries that read their environment
 * variables then. */
#ifndef HARNESS_MEASURE_RUN_LAUNCH_H
#define HARNESS_MEASURE_RUN_LAUNCH_H

#include "harness/base/error.h"
#include "harness/machine/sampler.h"
#include "harness/measure/config.h"
#include "harness/measure/run/workload.h"

/* Calls that tell of a run while it goes on. */
struct launch_notice {
    /* It has failed already, and its other tasks go on; called once, within a second. */
    void (*failed)(void *context, const struct error *why);

    /* So many of its tasks have ended, elapsed_s seconds after it was started; called some times a
     * second. NULL: nobody wants to know. */
    void (*goes_on)(void *context, int done, int tasks, double elapsed_s);
    void *context;
};

/* Does the run that the workload was prepared for, and kills it with all its processes when it
 * takes more than `limit_s` seconds. *result says how it went; a run that fails, crashes or hangs
 * is a result, not an error. Checking the outputs is left to the caller (status is RUN_OK here as
 * soon as the run ended well). A signal that launch_catch_signals() has caught kills the run, too.
 *
 * Where `sampler` is not NULL, it takes readings of all processes of the run. They cost it some
 * time, so it is no run to be timed. The caller destroys the sampler.
 *
 * 0, or -1 with *error set when nothing could be started, or after an interrupt. */
int launch_run(const struct workload *workload, double limit_s, struct sampler *sampler,
               const struct launch_notice *notice, struct run_result *result, struct error *error);

/* From now on SIGINT, SIGTERM and SIGHUP do not end the program but make launch_run() kill its run
 * and fail; so nothing is orphaned and what was measured can be kept. A run ends, too, when this
 * program is killed (guard.h). 0, or -1 with *error set. */
int launch_catch_signals(struct error *error);

/* True once such a signal has come. */
int launch_interrupted(void);

#endif

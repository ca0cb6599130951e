/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The strategy interface: how the tasks of a job are spread over workers.
 *
 * The harness calls, in a fresh process,
 *
 *     start(&job, workers, &state)     timed as start_s    creates what lives across jobs
 *     run(&job, workers, state)        timed as wall_s     runs every task once; returns when all
 *                                                          are done
 *     stop(&job, state)                timed as stop_s     ends and frees what start created
 *
 * so that a strategy which creates its workers once (a pool) and one which creates them for every
 * job (fork, pthreads) both pay where their users would pay.
 *
 * To add a strategy: write one file that defines a `const struct strategy`, and add it to the table
 * in catalogue.c. strategies/mine.c is there to be changed.
 */
#ifndef STRATEGIES_STRATEGY_H
#define STRATEGIES_STRATEGY_H

#include <stdbool.h>

#include "strategies/job.h"

struct strategy {
    const char *name;
    const char *summary; /* one line, for `speedup list` */

    /* True: there is one worker, whatever was asked for. */
    bool one_worker;

    /* True: it is the library that the tasks call, a BLAS, whose threads are the workers. Then the
     * harness tells the library how many, and run() calls it from one. */
    bool library_workers;

    /* True: it has a lock, and obeys job->lock_released. */
    bool has_lock;

    /* True: it hands out job->chunk tasks at a time. */
    bool has_chunks;

    /* True: it sends results from process to process, and needs job->results. */
    bool sends_results;

    /* True: its workers are fresh processes, and it needs job->anew. */
    bool starts_anew;

    /* True: it starts other programs, and so can only do jobs of files; it needs
     * job->programs. */
    bool files_only;

    /* NULL where the strategy always works; else returns NULL when it works on this machine, or one
     * line that says why not and what to install. */
    const char *(*unavailable)(void);

    /* Creates `workers` >= 1 workers that wait for a job. *state is the strategy's own. NULL where
     * there is nothing to create; then *state is NULL. 0, or -1 after job_fail(), with nothing left
     * to stop. */
    int (*start)(struct job *job, int workers, void **state);

    /* Runs every task of the job exactly once on `workers` workers, numbered from 0, and returns
     * when all have ended. May be called again with the same state. 0, or -1 after job_fail(); no
     * task is running then either. */
    int (*run)(struct job *job, int workers, void *state);

    /* Ends the workers of start() and frees the state. NULL where start is. 0, or -1 after
     * job_fail(). */
    int (*stop)(struct job *job, void *state);
};

/* All strategies, in the order of `speedup list`, ended by NULL. */
extern const struct strategy *const strategy_catalogue[];

/* The strategy of this name, or NULL. */
const struct strategy *strategy_find(const char *name);

#endif

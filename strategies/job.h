/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The job: all that a strategy ever sees of the work.
 *
 * A job is a number of independent tasks, 0 ... tasks-1, and one call that runs task `i` on worker
 * `w`. What a task computes (an image, a band of a matrix, a wait) is none of the strategy's
 * business, so the whole of the serial strategy is
 *
 *     for (int i = 0; i < job->tasks; i++)
 *         job_run(job, i, 0);
 *
 * and every other strategy is the same loop, spread over workers.
 */
#ifndef STRATEGIES_JOB_H
#define STRATEGIES_JOB_H

#include <stdbool.h>
#include <stddef.h>

struct job {
    int tasks; /* how many; may be 0 */

    /* What only some strategies look at. */
    int chunk;                           /* --chunk: tasks to hand out at a time; at least 1 */
    bool lock_released;                  /* --lock released; for those that have a lock */
    const struct job_results *results;   /* to send results: job_more.h */
    const struct job_anew *anew;         /* to start fresh processes: job_more.h */
    const struct job_programs *programs; /* to start programs: launchers/job_programs.h */

    /* Filled in by whoever made the job (the harness, a test); called through the functions
     * below. */
    int (*run_task)(struct job *job, int task, int worker);
    int (*fail)(struct job *job, const char *what, int error_number);
};

/* Runs task 0 <= task < job->tasks as worker 0 <= worker < workers, and returns when it is done.
 *
 * Any thread, and any process forked from the one that was given the job, may call it. Two workers
 * may run at the same time if their worker numbers differ; one worker runs one task at a time.
 * Every task is to be run exactly once. The call stamps the task's start and end for the timeline
 * and, the first time for each worker, binds the calling thread to that worker's core.
 *
 * Returns 0, or -1 when the task failed: then the reason is already noted in the job, in memory
 * that all workers share, and the strategy may go on with the next task or give up. */
static inline int job_run(struct job *job, int task, int worker)
{
    return job->run_task(job, task, worker);
}

/* The end of the chunk of tasks that begins with task `first`: the next one begins there. */
static inline int job_chunk_end(const struct job *job, int first)
{
    return job->tasks - first > job->chunk ? first + job->chunk : job->tasks;
}

/* For job_fail(): a worker was killed by a signal. */
enum { JOB_CRASHED = -1 };

/* Notes that the strategy itself failed: `what` says doing what ("fork", "pthread_create"),
 * error_number is an errno value, or 0 or JOB_CRASHED when `what` says it all. Returns -1. */
static inline int job_fail(struct job *job, const char *what, int error_number)
{
    return job->fail(job, what, error_number);
}

#endif

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
    int tasks;          /* how many; may be 0 */
    bool lock_released; /* --lock released; for the strategies that have a lock */

    /* Filled in by whoever made the job (the harness, a test); called through the functions
     * below. */
    int (*run_task)(struct job *job, int task, int worker);
    int (*fail)(struct job *job, const char *what, int error_number);
    void *(*result)(struct job *job, int task, size_t *bytes);
    int (*keep_results_private)(struct job *job);
    char *const *(*command)(struct job *job);
    const char *(*file)(struct job *job, int task);
    double (*now)(struct job *job);
    int (*note)(struct job *job, int task, int worker, double start_s, double end_s);
    const char *(*option)(struct job *job, const char *name);
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

/* For job_fail(): a worker was killed by a signal. */
enum { JOB_CRASHED = -1 };

/* Notes that the strategy itself failed: `what` says doing what ("fork", "pthread_create"),
 * error_number is an errno value, or 0 or JOB_CRASHED when `what` says it all. Returns -1. */
static inline int job_fail(struct job *job, const char *what, int error_number)
{
    return job->fail(job, what, error_number);
}

/* Seconds since some fixed moment, for strategies that watch the clock, and for job_note(). */
static inline double job_now(struct job *job)
{
    return job->now(job);
}

/* Most strategies need nothing more: results lie in memory that all workers share. The following is
 * for those that send results from process to process instead. */

/* Where task `task` leaves its result, and of how many bytes it is. */
static inline void *job_result(struct job *job, int task, size_t *bytes)
{
    return job->result(job, task, bytes);
}

/* From now on the calling process leaves its results in memory of its own, where no other process
 * sees them, as if there were no shared memory. Returns 0, or -1 after job_fail(). */
static inline int job_keep_results_private(struct job *job)
{
    return job->keep_results_private(job);
}

/* The following are for strategies that start other programs, of which each does one task: the job
 * is then one of files (`--io files`). */

/* The command that does a task, as arguments ended by NULL, but for the file, which comes last. */
static inline char *const *job_command(struct job *job)
{
    return job->command(job);
}

/* The file of task `task`. */
static inline const char *job_file(struct job *job, int task)
{
    return job->file(job, task);
}

/* Notes that a program did task `task` on worker `worker` from start_s to end_s; as job_run() does
 * for the tasks that it runs. Returns 0, or -1 for a task or worker that there is not. */
static inline int job_note(struct job *job, int task, int worker, double start_s, double end_s)
{
    return job->note(job, task, worker, start_s, end_s);
}

/* What the user gave for an option of such a program ("sshlogin", "sshloginfile", "hostfile"), or
 * NULL. */
static inline const char *job_option(struct job *job, const char *name)
{
    return job->option(job, name);
}

#endif

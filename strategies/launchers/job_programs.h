/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a strategy needs of a job if it starts programs, each of which does one task: then every
 * task is a file (`--io files`). */
#ifndef STRATEGIES_LAUNCHERS_JOB_PROGRAMS_H
#define STRATEGIES_LAUNCHERS_JOB_PROGRAMS_H

#include "strategies/job.h"

struct job_programs {
    char *const
        *command;       /* what does a task, word by word, ended by NULL; the file comes after it */
    char *const *files; /* the path of each task's file */

    /* Passed on to the launcher, as the user gave them; NULL: not given. */
    const char *sshlogin, *sshloginfile; /* GNU parallel */
    const char *hostfile;                /* mpirun */

    /* For strategies that start every program themselves. words(): those that do task `task` as
     * worker `worker`, ended by NULL, in one piece for free(); NULL: no memory. errors(): where the
     * standard error of the worker's next program goes, as in struct spawn. ended(): judges the end
     * of a program that was started at start_s (clock_seconds()), by its status from waitpid(). 0,
     * and the task is noted, or -1 after job_fail(). */
    char **(*words)(struct job *job, int task, int worker);
    int (*errors)(struct job *job, int worker);
    int (*ended)(struct job *job, int task, int worker, int status, double start_s);

    /* Called through job_note(). */
    int (*note)(struct job *job, int task, int worker, double start_s, double end_s);
};

/* Notes that a program did task `task` as worker `worker` from start_s to end_s (clock_seconds()),
 * as job_run() does for the tasks that it runs. Returns 0, or -1 for a nonexistent task or worker,
 * after job_fail(). */
static inline int job_note(struct job *job, int task, int worker, double start_s, double end_s)
{
    return job->programs->note(job, task, worker, start_s, end_s);
}

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a strategy needs that starts programs, of which each does one task: the job is then one of
 * files (`--io files`). */
#ifndef STRATEGIES_LAUNCHERS_JOB_PROGRAMS_H
#define STRATEGIES_LAUNCHERS_JOB_PROGRAMS_H

#include "strategies/job.h"

struct job_programs {
    char *const *command; /* that does a task, word by word, ended by NULL; its file comes last */
    char *const *files;   /* of each task */

    /* Passed on to the launcher, as the user gave them; NULL: not given. */
    const char *sshlogin, *sshloginfile; /* GNU parallel */
    const char *hostfile;                /* mpirun */

    /* For those that start every program themselves: the words that do task `task` as worker
     * `worker`, ended by NULL, in one piece for free() (NULL: no memory); where its standard error
     * goes, as in struct spawn; and what is to be said of its end, given the status from waitpid():
     * 0, and the task is noted, or -1 after job_fail(). */
    char **(*words)(struct job *job, int task, int worker);
    int (*errors)(struct job *job, int worker);
    int (*ended)(struct job *job, int task, int worker, int status, double start_s);

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

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "strategies/process.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

int process_judge(struct job *job, int status, int worker, int first, int count)
{
    char what[160], lost[60] = "";
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return 0;
    if (count > 1)
        snprintf(lost, sizeof lost, ", and tasks %d to %d with it", first, first + count - 1);
    else if (count == 1)
        snprintf(lost, sizeof lost, ", and task %d with it", first);
    if (WIFSIGNALED(status))
        snprintf(what, sizeof what, "worker %d was killed by signal %d (%s)%s", worker,
                 WTERMSIG(status), strsignal(WTERMSIG(status)), lost);
    else
        snprintf(what, sizeof what, "worker %d ended with exit status %d%s", worker,
                 WEXITSTATUS(status), lost);
    return job_fail(job, what, WIFSIGNALED(status) ? JOB_CRASHED : 0);
}

int process_judge_end(struct job *job, int exit_status, int signal_number, const char *launcher,
                      const char *what)
{
    enum { SIGNALLED = 128, SIGNALS = 64 };
    char text[120];
    if (exit_status == 0 && signal_number == 0)
        return 0;
    if (signal_number == 0 && exit_status > SIGNALLED && exit_status <= SIGNALLED + SIGNALS)
        signal_number = exit_status - SIGNALLED;
    else
        what = launcher;
    if (signal_number)
        snprintf(text, sizeof text, "%s was killed by signal %d (%s)", what, signal_number,
                 strsignal(signal_number));
    else
        snprintf(text, sizeof text, "%s ended with exit status %d", launcher, exit_status);
    return job_fail(job, text, signal_number ? JOB_CRASHED : 0);
}

int process_wait(struct job *job, pid_t process, int *status)
{
    while (waitpid(process, status, 0) < 0)
        if (errno != EINTR)
            return job_fail(job, "waitpid", errno);
    return 0;
}

int process_judge_launcher(struct job *job, int status, const char *launcher, const char *what)
{
    return process_judge_end(job, WIFEXITED(status) ? WEXITSTATUS(status) : 0,
                             WIFSIGNALED(status) ? WTERMSIG(status) : 0, launcher, what);
}

int process_join(struct job *job, pid_t process, int worker, int first, int count)
{
    int status;
    if (process_wait(job, process, &status) != 0)
        return -1;
    return process_judge(job, status, worker, first, count);
}

int process_join_all(struct job *job, const pid_t *children, int count)
{
    int failed = 0, status;
    for (int left = count; left > 0;) {
        pid_t ended = waitpid(-1, &status, 0);
        if (ended < 0 && errno != EINTR)
            return job_fail(job, "waitpid", errno);
        for (int worker = 0; worker < count; worker++)
            if (ended > 0 && children[worker] == ended) {
                left--;
                if (process_judge(job, status, worker, NO_TASK, 0) != 0)
                    failed = -1;
            }
    }
    return failed;
}

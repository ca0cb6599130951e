#include "strategies/process.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int process_judge(struct job *job, int status, int worker, int task)
{
    char what[120], lost[40] = "";
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return 0;
    if (task != NO_TASK)
        snprintf(lost, sizeof lost, ", and task %d with it", task);
    if (WIFSIGNALED(status))
        snprintf(what, sizeof what, "worker %d was killed by signal %d (%s)%s", worker,
                 WTERMSIG(status), strsignal(WTERMSIG(status)), lost);
    else
        snprintf(what, sizeof what, "worker %d ended with exit status %d%s", worker,
                 WEXITSTATUS(status), lost);
    return job_fail(job, what, WIFSIGNALED(status) ? JOB_CRASHED : 0);
}

int process_join(struct job *job, pid_t process, int worker, int task)
{
    int status;
    while (waitpid(process, &status, 0) < 0)
        if (errno != EINTR)
            return job_fail(job, "waitpid", errno);
    return process_judge(job, status, worker, task);
}

int process_read(int fd, void *buffer, size_t bytes)
{
    for (size_t done = 0; done < bytes;) {
        ssize_t got = read(fd, (char *)buffer + done, bytes - done);
        if (got == 0)
            return done == 0 ? 0 : -1;
        if (got > 0)
            done += (size_t)got;
        else if (errno != EINTR)
            return -1;
    }
    return 1;
}

int process_write(int fd, const void *buffer, size_t bytes)
{
    for (size_t done = 0; done < bytes;) {
        ssize_t put = write(fd, (const char *)buffer + done, bytes - done);
        if (put >= 0)
            done += (size_t)put;
        else if (errno != EINTR)
            return -1;
    }
    return 0;
}

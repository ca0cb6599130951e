/* What the strategies with processes have in common. */
#ifndef STRATEGIES_PROCESS_H
#define STRATEGIES_PROCESS_H

#include <stddef.h>
#include <sys/types.h>

#include "strategies/job.h"

enum { NO_TASK = -1 };

/* Waits for the process of worker `worker` to end. 0, or -1 after job_fail() when it did not end of
 * its own accord with exit status 0; the reason names the worker, the signal and, if it is known
 * (not NO_TASK), the task that was lost with it. */
int process_join(struct job *job, pid_t process, int worker, int task);

/* The same of a status that waitpid() has given already. */
int process_judge(struct job *job, int status, int worker, int task);

/* Reads exactly `bytes` bytes. 1; 0 when the other end was closed before the first of them; -1 when
 * that happened later, or with errno set on a failure. */
int process_read(int fd, void *buffer, size_t bytes);

/* Writes exactly `bytes` bytes. 0, or -1 with errno set. */
int process_write(int fd, const void *buffer, size_t bytes);

#endif

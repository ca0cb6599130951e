/* verdict: leaked-descriptor at 12. SPDX-License-Identifier: GPL-3.0-or-later */
/* A pipe hands out the numbers of the tasks; one end is never closed. */
#include <sys/wait.h>
#include <unistd.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    int ends[2];
    (void)state;
    if (pipe(ends) != 0)
        return job_fail(job, "pipe", 0);
    for (int worker = 0; worker < workers; worker++)
        if (fork() == 0) {
            int task;
            close(ends[1]);
            while (read(ends[0], &task, sizeof task) == (ssize_t)sizeof task)
                job_run(job, task, worker);
            _exit(0);
        }
    for (int task = 0; task < job->tasks; task++)
        if (write(ends[1], &task, sizeof task) < 0)
            return job_fail(job, "write", 0);
    close(ends[1]);
    for (int worker = 0; worker < workers; worker++)
        wait(NULL);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

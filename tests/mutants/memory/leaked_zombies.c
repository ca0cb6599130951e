/* verdict: leaked-process at 15. SPDX-License-Identifier: GPL-3.0-or-later */
/* A pipe tells when the children have done; nobody collects them. */
#include <unistd.h>

#include "strategies/strategy.h"

static int run(struct job *job, int workers, void *state)
{
    int ends[2], done = 0;
    char nothing;
    (void)state;
    if (pipe(ends) != 0)
        return job_fail(job, "pipe", 0);
    for (int worker = 0; worker < workers; worker++)
        if (fork() == 0) {
            for (int task = worker; task < job->tasks; task += workers)
                job_run(job, task, worker);
            _exit(write(ends[1], "d", 1) == 1 ? 0 : 1);
        }
    while (done < workers)
        done += read(ends[0], &nothing, 1) == 1;
    close(ends[0]);
    close(ends[1]);
    return 0;
}

const struct strategy strategy_mine = {
    .name = "mine",
    .summary = "one of the gallery",
    .run = run,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fork: one process a worker, each with its fixed share of the tasks; start them all, join them
 * all.
 *
 * Costs:    fork() copies the page tables, and each child then faults in the pages it touches: about
 *           a millisecond a process, paid for every job.
 * Shares:   nothing by itself. A child has a private copy of all memory (copied page by page when
 *           someone writes), so its results would die with it; the harness puts the images into
 *           memory that is mapped shared (mmap MAP_SHARED), and that is how they come back.
 * Choose it when the code is not thread-safe, or when one crash must not take the others along.
 *
 * The shares are fixed before the start: worker w does tasks w, w + W, w + 2W, ... Nobody has to
 * ask for work, but if one core is slower or one task is longer, the others wait for its worker at
 * the join. Compare with pool, and with spawn, whose children are no copies.
 *
 * A question to think about: why must the child leave with _exit() and not with return?
 */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "strategies/process.h"
#include "strategies/strategy.h"

static void child(struct job *job, int worker, int workers)
{
    for (int task = worker; task < job->tasks; task += workers)
        job_run(job, task, worker);
    _exit(0);
}

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    int failed = 0, started = 0;
    pid_t *children = calloc((size_t)workers, sizeof *children);
    if (!children)
        return job_fail(job, "process list", ENOMEM);

    for (; started < workers; started++) {
        children[started] = fork();
        if (children[started] == 0)
            child(job, started, workers);
        if (children[started] < 0) {
            failed = job_fail(job, "fork", errno);
            break;
        }
    }
    if (process_join_all(job, children, started) != 0)
        failed = -1;
    free(children);
    return failed;
}

const struct strategy strategy_fork = {
    .name = "fork",
    .summary = "a process a worker, fixed shares, results in shared memory",
    .run = run,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spawn: a fresh process a worker: this program, started anew, which is sent its tasks' numbers.
 *
 * Costs:    all that a program does before it can work: the system loads it and its libraries, and
 *           it finds out anew what it needs (here the machine's cores; Python imports its modules).
 *           Some ten milliseconds a worker, paid for every job. What fork costs is not among it: no
 *           page table is copied only to be thrown away (harness/base/spawn.c).
 * Shares:   nothing that is not named. A new program has none of our memory, so no variable and no
 *           lock. What it keeps are descriptors that are left open on purpose: the images come
 *           through one of them (mmap), the numbers of the tasks through a pipe.
 * Choose it when a copy of the process would be wrong: where threads run, a forked child has the
 *           locks that they held, but not the threads that would let them go. So it is what Python
 *           does on macOS and Windows, and since Python 3.14 Linux begins with a fresh process, too
 *           (forkserver).
 *
 * The shares are those of fork.c (worker w does w, w + W, w + 2W, ...), so that comparing the two
 * compares a copied process with a fresh one, and nothing else.
 *
 * A question to think about: a function that the child is to call exists in both. What of the
 * variables that the parent has set since it began?
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "harness/base/process/pipe.h"
#include "harness/base/spawn.h"
#include "strategies/job_more.h"
#include "strategies/process.h"
#include "strategies/strategy.h"

int spawn_serve(struct job *job, int messages)
{
    int worker, task, got;
    if (pipe_read(messages, &worker, sizeof worker) != 1)
        return -1;
    while ((got = pipe_read(messages, &task, sizeof task)) == 1)
        job_run(job, task, worker);
    return got; /* -1: there were more, which could not be read */
}

/* A worker that is dead cannot be told anything; the join will say what ended it. */
static int tell(struct job *job, int messages, int number)
{
    if (pipe_write(messages, &number, sizeof number) == 0 || errno == EPIPE)
        return 0;
    return job_fail(job, "pipe", errno);
}

/* Starts one worker; *messages becomes our end of the pipe that is its standard input. Its process,
 * or -1 after job_fail(). */
static pid_t start_worker(struct job *job, int worker, int *messages)
{
    struct error error;
    int ends[2];
    if (pipe(ends) != 0)
        return job_fail(job, "pipe", errno);
    const struct spawn spawn = {.program = job->anew->program,
                                .arguments = job->anew->arguments,
                                .kept = job->anew->kept,
                                .in = ends[0]};
    /* Ours is for no other worker: while one of them had it, this one would wait for more. */
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    pid_t process = spawn_start(&spawn, &error);
    close(ends[0]);
    if (process < 0) {
        close(ends[1]);
        return job_fail(job, error.text, 0);
    }
    *messages = ends[1];
    tell(job, *messages, worker);
    return process;
}

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    int failed = 0, started = 0;
    pid_t *children = calloc((size_t)workers, sizeof *children);
    int *messages = calloc((size_t)workers, sizeof *messages);
    if (!children || !messages)
        failed = job_fail(job, "process list", ENOMEM);
    while (started < workers && !failed) {
        children[started] = start_worker(job, started, &messages[started]);
        failed = children[started] < 0 ? -1 : 0;
        started += !failed;
    }
    for (int task = 0; task < job->tasks && !failed; task++)
        failed = tell(job, messages[task % workers], task);
    for (int worker = 0; worker < started; worker++)
        close(messages[worker]); /* there are no more */
    if (process_join_all(job, children, started) != 0)
        failed = -1;
    free(messages);
    free(children);
    return failed;
}

const struct strategy strategy_spawn = {
    .name = "spawn",
    .summary = "a fresh process a worker, fixed shares, as Python does on macOS and Windows",
    .starts_anew = true,
    .run = run,
};

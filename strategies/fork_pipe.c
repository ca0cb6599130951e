/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fork-pipe: a process a worker as in fork, but every result travels back through a pipe.
 *
 * Costs:    what fork costs, and for each result two copies through the kernel: the worker writes
 *           it into the pipe, 64 KiB at a time, and this process reads it out again. An image of
 *           1000x1000 is 8 MB both ways, and one reader has to take in what all workers send.
 * Shares:   nothing. Each worker keeps its results in memory of its own.
 * Choose it when results are small, or when there is no memory to share: between machines there
 * never is. This is what a queue of results, as in Python's multiprocessing, does underneath.
 *
 * The reader waits for all pipes at the same time (poll). Read from one worker only, and the others
 * block as soon as their pipes are full.
 *
 * A question to think about: why must a worker close the reading ends that it inherited?
 */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "harness/base/process/pipe.h"
#include "strategies/job_more.h"
#include "strategies/process.h"
#include "strategies/strategy.h"

/* From now on this process leaves its results in memory of its own, as if there were none that is
 * shared. */
static int keep_private(const struct job_results *results)
{
    void *own = mmap(results->memory, results->bytes, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
    return own == MAP_FAILED ? -1 : 0;
}

static void child(struct job *job, int worker, int workers, int pipe_end)
{
    int failed = keep_private(job->results) != 0 ? job_fail(job, "mmap", errno) : 0;
    for (int task = worker; task < job->tasks && !failed; task += workers) {
        if (job_run(job, task, worker) != 0)
            continue;
        const struct job_result *result = &job->results->of[task];
        failed = pipe_write(pipe_end, &task, sizeof task) != 0 ||
                 pipe_write(pipe_end, result->address, result->bytes) != 0;
    }
    _exit(failed ? 1 : 0);
}

/* Takes one result out of a pipe: the number of its task, and its bytes. 1: there was one; 0: the
 * worker has closed its end; -1: failed. */
static int receive(struct job *job, int pipe_end)
{
    int task, got = pipe_read(pipe_end, &task, sizeof task);
    if (got <= 0)
        return got;
    const struct job_result *result = &job->results->of[task];
    return pipe_read(pipe_end, result->address, result->bytes) == 1 ? 1 : -1;
}

/* A worker has closed its end, in the middle of a result where `got` is negative. */
static int join(struct job *job, struct pollfd *pipe, pid_t process, int worker, int got)
{
    close(pipe->fd);
    pipe->fd = -1; /* poll() skips it from now on */
    if (process_join(job, process, worker, NO_TASK, 0) != 0)
        return -1;
    return got < 0 ? job_fail(job, "a result did not arrive whole", 0) : 0;
}

static int collect(struct job *job, struct pollfd *pipes, const pid_t *children, int workers)
{
    int failed = 0;
    for (int open = workers; open > 0;) {
        if (poll(pipes, (nfds_t)workers, -1) < 0) {
            if (errno == EINTR)
                continue;
            return job_fail(job, "poll", errno);
        }
        for (int worker = 0; worker < workers; worker++) {
            if (!pipes[worker].revents)
                continue;
            int got = receive(job, pipes[worker].fd);
            if (got > 0)
                continue;
            if (join(job, &pipes[worker], children[worker], worker, got) != 0)
                failed = -1;
            open--;
        }
    }
    return failed;
}

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    int failed = 0, started = 0;
    struct pollfd *pipes = calloc((size_t)workers, sizeof *pipes);
    pid_t *children = calloc((size_t)workers, sizeof *children);
    if (!pipes || !children)
        failed = job_fail(job, "process list", ENOMEM);

    for (; started < workers && !failed; started++) {
        int ends[2];
        if (pipe(ends) != 0) {
            failed = job_fail(job, "pipe", errno);
            break;
        }
        children[started] = fork();
        if (children[started] == 0) {
            for (int i = 0; i < started; i++)
                close(pipes[i].fd);
            close(ends[0]);
            child(job, started, workers, ends[1]);
        }
        int why = errno;
        close(ends[1]); /* so that the worker's is the last one: its end is the end of the pipe */
        if (children[started] < 0) {
            failed = job_fail(job, "fork", why);
            close(ends[0]);
            break;
        }
        pipes[started] = (struct pollfd){.fd = ends[0], .events = POLLIN};
    }
    if (started > 0 && collect(job, pipes, children, started) != 0)
        failed = -1;
    for (int worker = 0; worker < started; worker++) /* where poll() has failed */
        if (pipes[worker].fd >= 0 && join(job, &pipes[worker], children[worker], worker, 0) != 0)
            failed = -1;
    free(children);
    free(pipes);
    return failed;
}

const struct strategy strategy_fork_pipe = {
    .name = "fork-pipe",
    .summary = "as fork, but every result comes back through a pipe",
    .sends_results = true,
    .run = run,
};

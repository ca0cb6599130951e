/* SPDX-License-Identifier: GPL-3.0-or-later */
/* global-lock: threads of which only the one that holds the lock may compute, as in Python.
 *
 * Costs:    with the lock held for the whole task (--lock held), all parallelism: the threads take
 *           turns, and W of them are as slow as one. With the lock released inside the heavy part
 *           (--lock released), as NumPy and SciPy do in their C code, next to nothing.
 * Shares:   all memory, as pthreads does; the lock is there so that an interpreter which is not
 *           thread-safe can be shared too.
 * Choose it never, but know it: it is why threads do not speed up plain Python, why they do speed up
 *           tasks that wait (see the filter `wait`: whoever waits has let go of the lock), and why
 *           astronomers use processes.
 *
 * A question to think about: Python lets go of its lock every 5 ms so that others get a turn. Why
 * does that not make this any faster?
 */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "strategies/strategy.h"

/* What the threads share: the job, and the interpreter with its lock. */
struct interpreter {
    struct job *job;
    pthread_mutex_t lock; /* guards next */
    int next;             /* the next task that nobody has taken */
};

struct member {
    struct interpreter *interpreter;
    int worker;
    pthread_t thread;
};

static void *work(void *argument)
{
    const struct member *member = argument;
    struct interpreter *interpreter = member->interpreter;
    struct job *job = interpreter->job;

    pthread_mutex_lock(&interpreter->lock);
    while (interpreter->next < job->tasks) {
        int task = interpreter->next++;
        if (job->lock_released)
            pthread_mutex_unlock(&interpreter->lock);
        job_run(job, task, member->worker);
        if (job->lock_released)
            pthread_mutex_lock(&interpreter->lock);
    }
    pthread_mutex_unlock(&interpreter->lock);
    return NULL;
}

static int run(struct job *job, int workers, void *state)
{
    (void)state;
    int failed = 0, started = 0;
    struct interpreter interpreter = {.job = job, .lock = PTHREAD_MUTEX_INITIALIZER};
    struct member *members = calloc((size_t)workers, sizeof *members);
    if (!members)
        return job_fail(job, "thread list", ENOMEM);

    for (; started < workers; started++) {
        members[started] = (struct member){.interpreter = &interpreter, .worker = started};
        int problem = pthread_create(&members[started].thread, NULL, work, &members[started]);
        if (problem) {
            failed = job_fail(job, "pthread_create", problem);
            break;
        }
    }
    for (int worker = 0; worker < started; worker++) {
        int problem = pthread_join(members[worker].thread, NULL);
        if (problem)
            failed = job_fail(job, "pthread_join", problem);
    }
    free(members);
    return failed;
}

const struct strategy strategy_global_lock = {
    .name = "global-lock",
    .summary = "threads that share one lock, as Python's do (--lock held|released)",
    .has_lock = true,
    .run = run,
};

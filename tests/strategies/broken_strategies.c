/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Strategies that do everything wrong, one mistake each, in the place of the catalogue: what the
 * harness must find out and survive. build/tests/speedup-broken is the program with these. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "harness/base/clock.h"
#include "strategies/job_more.h"
#include "strategies/launchers/job_programs.h"
#include "strategies/strategy.h"

extern const struct strategy strategy_serial, strategy_fork;
/* telling_strategies.c */
extern const struct strategy telling_environment, telling_binding, telling_clock, telling_child;

static int run_all(struct job *job)
{
    for (int task = 0; task < job->tasks; task++)
        job_run(job, task, 0);
    return 0;
}

static int wrong_pixel(struct job *job, int workers, void *state)
{
    (void)workers, (void)state;
    const struct job_result *last = &job->results->of[job->tasks - 1];
    run_all(job);
    ((unsigned char *)last->address)[last->bytes - 8] ^=
        1; /* the last bit of the last pixel's mantissa */
    return 0;
}

static int skips_a_task(struct job *job, int workers, void *state)
{
    (void)workers, (void)state;
    for (int task = 0; task < job->tasks - 1; task++)
        job_run(job, task, 0);
    return 0;
}

static int runs_a_task_twice(struct job *job, int workers, void *state)
{
    (void)workers, (void)state;
    run_all(job);
    job_run(job, 0, 0);
    return 0;
}

/* Forgets that a child's memory is its own: all is computed, nothing comes back. */
static int loses_results(struct job *job, int workers, void *state)
{
    (void)workers, (void)state;
    pid_t child = fork();
    if (child == 0) {
        mmap(job->results->memory, job->results->bytes, PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
        run_all(job);
        _exit(0);
    }
    waitpid(child, NULL, 0);
    return 0;
}

static int crashes(struct job *job, int workers, void *state)
{
    (void)workers, (void)state;
    job_run(job, 0, 0);
    raise(SIGSEGV);
    return 0;
}

static int leaves_early(struct job *job, int workers, void *state)
{
    (void)job, (void)workers, (void)state;
    exit(3); /* never returns */
}

static int hangs(struct job *job, int workers, void *state)
{
    (void)workers, (void)state;
    run_all(job);
    while (pause() == -1)
        continue;
    return 0;
}

/* All right, but for a process that nobody waits for. It holds a lock on a file for as long as it
 * lives, so that a test can tell. */
static _Noreturn void stay(int ready)
{
    const struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int file = open("left-behind", O_RDWR | O_CREAT, 0666);
    if (file < 0 || fcntl(file, F_SETLK, &whole) != 0 || write(ready, "", 1) != 1)
        _exit(1);
    for (;;)
        pause();
}

static int leaves_a_process(struct job *job, int workers, void *state)
{
    int ends[2];
    char byte;
    (void)workers, (void)state;
    run_all(job);
    if (pipe(ends) != 0)
        return job_fail(job, "pipe", errno);
    if (fork() == 0)
        stay(ends[1]);
    if (read(ends[0], &byte, 1) != 1)
        return job_fail(job, "the process to be left behind", 0);
    return 0;
}

/* Nobody waits for the child, which is slow to begin. */
static int forgets_to_wait(struct job *job, int workers, void *state)
{
    const struct timespec while_s = {.tv_nsec = 100000000};
    (void)workers, (void)state;
    if (fork() == 0) {
        nanosleep(&while_s, NULL);
        run_all(job);
        _exit(0);
    }
    return 0;
}

/* Everything is done, but the child that did it was never waited for. */
static int leaves_a_zombie(struct job *job, int workers, void *state)
{
    siginfo_t info;
    (void)workers, (void)state;
    pid_t child = fork();
    if (child == 0) {
        run_all(job);
        _exit(0);
    }
    waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT);
    return 0;
}

/* The child has done everything when it crashes, and nobody asks how it ended. */
static int crashes_at_the_end(struct job *job, int workers, void *state)
{
    (void)workers, (void)state;
    pid_t child = fork();
    if (child == 0) {
        run_all(job);
        raise(SIGSEGV);
    }
    waitpid(child, NULL, 0);
    return 0;
}

/* The child should have ended with _exit(). */
static int returns_twice(struct job *job, int workers, void *state)
{
    (void)workers, (void)state;
    pid_t child = fork();
    if (child == 0)
        return run_all(job);
    waitpid(child, NULL, 0);
    return 0;
}

/* So that run() has nothing left to do, and takes no time. */
static int begins_in_start(struct job *job, int workers, void **state)
{
    (void)workers;
    *state = NULL;
    run_all(job);
    return 0;
}

static int does_nothing(struct job *job, int workers, void *state)
{
    (void)job, (void)workers, (void)state;
    return 0;
}

static int invents_a_worker(struct job *job, int workers, void *state)
{
    (void)state;
    for (int task = 0; task < job->tasks; task++)
        job_run(job, task, workers);
    return 0;
}

static int invents_a_task(struct job *job, int workers, void *state)
{
    (void)workers, (void)state;
    run_all(job);
    job_run(job, job->tasks, 0);
    return 0;
}

static int gives_up(struct job *job, int workers, void *state)
{
    (void)workers, (void)state;
    return job_fail(job, "out of ideas", 0);
}

/* Fails at once, and is long in coming to its end. */
static int goes_on(struct job *job, int workers, void *state)
{
    const struct timespec long_while = {.tv_sec = 1, .tv_nsec = 300000000};
    (void)workers, (void)state;
    job_fail(job, "lost heart", 0);
    nanosleep(&long_while, NULL);
    run_all(job);
    return -1;
}

/* Notes every task as done by a program, and starts none: the files of an earlier run must not count
 * as its own. */
static int claims(struct job *job, int workers, void *state)
{
    (void)workers, (void)state;
    for (int task = 0; task < job->tasks; task++)
        job_note(job, task, 0, clock_seconds(), clock_seconds());
    return 0;
}

#define BROKEN(function, text)                                                                     \
    static const struct strategy broken_##function = {                                             \
        .name = text, .summary = "", .sends_results = true, .run = function}
BROKEN(wrong_pixel, "wrong-pixel");
BROKEN(skips_a_task, "skips-a-task");
BROKEN(runs_a_task_twice, "runs-a-task-twice");
BROKEN(loses_results, "loses-results");
BROKEN(crashes, "crashes");
BROKEN(leaves_early, "leaves-early");
BROKEN(hangs, "hangs");
BROKEN(leaves_a_process, "leaves-a-process");
BROKEN(forgets_to_wait, "forgets-to-wait");
BROKEN(leaves_a_zombie, "leaves-a-zombie");
BROKEN(crashes_at_the_end, "crashes-at-the-end");
BROKEN(returns_twice, "returns-twice");
BROKEN(invents_a_worker, "invents-a-worker");
BROKEN(invents_a_task, "invents-a-task");
BROKEN(gives_up, "gives-up");
BROKEN(goes_on, "goes-on");
static const struct strategy broken_begins_in_start = {
    .name = "begins-in-start", .summary = "", .start = begins_in_start, .run = does_nothing};
static const struct strategy broken_claims = {
    .name = "claims", .summary = "", .files_only = true, .run = claims};

const struct strategy *const strategy_catalogue[] = {
    &strategy_serial,
    &strategy_fork,
    &broken_wrong_pixel,
    &broken_skips_a_task,
    &broken_runs_a_task_twice,
    &broken_loses_results,
    &broken_crashes,
    &broken_leaves_early,
    &broken_hangs,
    &broken_leaves_a_process,
    &broken_forgets_to_wait,
    &broken_leaves_a_zombie,
    &broken_crashes_at_the_end,
    &broken_returns_twice,
    &broken_begins_in_start,
    &broken_invents_a_worker,
    &broken_invents_a_task,
    &broken_gives_up,
    &broken_goes_on,
    &broken_claims,
    &telling_environment,
    &telling_binding,
    &telling_clock,
    &telling_child,
    NULL,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One case: the strategy does one job, or two, and is looked at when it says that it is done. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/base/clock.h"
#include "harness/grade/probe/probe.h"

enum { DESCRIPTORS_MAX = 256 };
static const double GRACE_S = 1.5; /* for those that are still at work when run() has returned */
static const struct place NOWHERE = {NULL, 0};

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + 1e-6 * (double)time.tv_usec;
}

static double cpu_seconds(void)
{
    struct rusage own, children;
    getrusage(RUSAGE_SELF, &own);
    getrusage(RUSAGE_CHILDREN, &children);
    return seconds(own.ru_utime) + seconds(own.ru_stime) + seconds(children.ru_utime) +
           seconds(children.ru_stime);
}

static int open_descriptors(bool open[DESCRIPTORS_MAX])
{
    int count = 0;
    for (int fd = 0; fd < DESCRIPTORS_MAX; fd++) {
        open[fd] = fcntl(fd, F_GETFD) >= 0;
        count += open[fd];
    }
    return count;
}

static int undone_tasks(int tasks)
{
    int undone = 0;
    for (int task = 0; task < tasks; task++)
        undone += atomic_load(&probe->task[probe->job * TASKS_MAX + task].done) == 0;
    return undone;
}

/* The first thing of this kind that this process has created and not given back; NULL: none. */
static struct block *left(enum block_kind kind)
{
    for (int i = 0; i < BLOCKS_MAX; i++)
        if (atomic_load(&probe->block[i].kind) == (int)kind &&
            probe->block[i].owner == (int)getpid())
            return &probe->block[i];
    return NULL;
}

/* Gives those that are still at work a little time, so that what they do is seen. */
static void wait_for_stragglers(int tasks)
{
    double until = clock_seconds() + GRACE_S;
    while ((atomic_load(&probe->running) > 0 ||
            (undone_tasks(tasks) > 0 && (left(BLOCK_THREAD) || left(BLOCK_PROCESS)))) &&
           clock_seconds() < until)
        probe_sleep(0.002);
}

static void judge_workers_left(int undone)
{
    struct block *thread = left(BLOCK_THREAD), *child = left(BLOCK_PROCESS);
    if (thread && undone > 0)
        probe_note("forgotten-join", thread->place,
                   "run() returned with %d tasks not done, and threads still at work", undone);
    else if (thread)
        probe_note("leaked-thread", thread->place, "a thread was created and never joined");
    if (!child)
        return;
    int status;
    pid_t state = waitpid((pid_t)child->name, &status, WNOHANG);
    if (state < 0)
        return; /* somebody has waited for it after all */
    if (undone > 0)
        probe_note("forgotten-join", child->place,
                   "run() returned with %d tasks not done, and child processes left", undone);
    else
        probe_note("leaked-process", child->place, "a child process was never waited for");
}

/* With a stop() of its own, a strategy may keep its workers until then. */
static void judge_return(int returned, int tasks, bool keeps_workers)
{
    bool failing = probe->plan.kind == TASKS_FAIL;
    int undone = undone_tasks(tasks);
    if (atomic_load(&probe->running) > 0 &&
        (keeps_workers || (!left(BLOCK_THREAD) && !left(BLOCK_PROCESS))))
        probe_note("forgotten-join", probe->created.file ? probe->created : probe->forked,
                   "run() returned while tasks were running");
    wait_for_stragglers(tasks);
    if (!keeps_workers)
        judge_workers_left(undone);
    if (returned != 0 && !failing && undone == 0)
        probe_note("wrong-return", NOWHERE, "all %d tasks were done, but run() returned %d%s%s%s",
                   tasks, returned, probe->said[0] ? " (it said: " : "", probe->said,
                   probe->said[0] ? ")" : "");
}

/* A child that comes out of run() would go on as if it were the program. */
static void stop_strays(void)
{
    if (getpid() == probe->process)
        return;
    probe_note("child-without-exit", probe->forked,
               "a child returned from run(), and goes on as a second program");
    _exit(0);
}

static void judge_what_is_left(const bool before[DESCRIPTORS_MAX], int count)
{
    bool now[DESCRIPTORS_MAX];
    struct block *memory = left(BLOCK_MEMORY), *mapping = left(BLOCK_MAPPING);
    if (memory)
        probe_note("leaked-memory", memory->place, "%zu bytes were never freed", memory->bytes);
    if (mapping)
        probe_note("leaked-memory", mapping->place, "%zu bytes were mapped and never unmapped",
                   mapping->bytes);
    if (open_descriptors(now) <= count)
        return;
    for (int fd = 0; fd < DESCRIPTORS_MAX; fd++) {
        if (!now[fd] || before[fd])
            continue;
        struct place place = NOWHERE;
        for (int i = 0; i < BLOCKS_MAX; i++)
            if (atomic_load(&probe->block[i].kind) == BLOCK_DESCRIPTOR &&
                probe->block[i].name == (uintptr_t)fd && probe->block[i].owner == (int)getpid())
                place = probe->block[i].place;
        probe_note("leaked-descriptor", place, "file descriptor %d is still open", fd);
        return;
    }
}

static void run_job(const struct strategy *strategy, int number, void *state)
{
    static struct job jobs[JOBS_MAX]; /* each where no other has been */
    struct job *job = &jobs[number];
    /* The second job is smaller: what was kept of the first does not fit. */
    int tasks = number == 0 ? probe->plan.tasks : probe->plan.tasks / 2 + 1;
    probe->job = number;
    probe->tasks = tasks;
    probe->argument = NULL; /* the address may be that of another variable now */
    /* Detached threads that have done their tasks may still be on their way out. */
    if (!strategy->stop)
        atomic_store(&probe->threads, 0);
    probe_make_job(job, tasks);
    atomic_store(&probe->task_ns, 0);
    double cpu_s = cpu_seconds(), began_s = clock_seconds();
    int returned = strategy->run(job, probe->plan.workers, state);
    probe->wall_s = clock_seconds() - began_s;
    stop_strays();
    probe->cpu_s = cpu_seconds() - cpu_s;
    judge_return(returned, tasks, strategy->stop != NULL);
    atomic_fetch_add(&probe->returned, 1);
    atomic_fetch_add(&probe->progress, 1);
}

_Noreturn void probe_case(const struct strategy *strategy, bool keep_signals)
{
    bool before[DESCRIPTORS_MAX];
    struct job job;
    void *state = NULL;
    int failed = 0;
    if (!keep_signals)
        probe_install_signals();
    probe->runner = probe_thread();
    int count = open_descriptors(before);
    probe_make_job(&job, probe->plan.tasks);
    if (strategy->start)
        failed = strategy->start(&job, probe->plan.workers, &state);
    if (failed)
        probe_note("wrong-return", NOWHERE, "start() returned %d", failed);
    for (int number = 0; number < probe->plan.jobs && !failed; number++)
        run_job(strategy, number, state);
    if (strategy->stop && !failed && strategy->stop(&job, state) != 0)
        probe_note("wrong-return", NOWHERE, "stop() did not return 0");
    stop_strays();
    judge_workers_left(0);
    judge_what_is_left(before, count);
    exit(0);
}

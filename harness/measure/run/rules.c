/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/run/rules.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* For the signal handler, which gets no argument. */
static struct run *watched_run;

static const int signals[RUN_CRASHES] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

/* In a child that crashes, maybe in the middle of malloc(): so the words are there already. Then it
 * ends by the signal, as it would have without us. */
static void note_crash(int number)
{
    struct run *run = watched_run;
    for (int i = 0; i < RUN_CRASHES; i++)
        /* The launcher sees by itself how this process ends. */
        if (signals[i] == number && run->process != getpid()) {
            run->workload.header->crashed = true;
            workload_fail(&run->workload, &run->crash[i]);
        }
    raise(number);
}

void rules_watch_crashes(struct run *run)
{
    struct sigaction action = {.sa_handler = note_crash,
                               .sa_flags = (int)SA_RESETHAND | SA_NODEFER};
    sigemptyset(&action.sa_mask);
    watched_run = run;
    for (int i = 0; i < RUN_CRASHES; i++) {
        struct sigaction before;
        error_set(&run->crash[i], run->strategy->name,
                  "a child process was killed by signal %d (%s)", signals[i],
                  strsignal(signals[i]));
        /* A sanitizer has a handler of its own, which tells more. */
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler == SIG_DFL)
            sigaction(signals[i], &action, NULL);
    }
}

static int begins_at_the_wrong_time(struct run *run, int task, int phase)
{
    char what[160];
    if (phase == PHASE_START)
        snprintf(what, sizeof what, "began task %d in start(): tasks are to run in run()", task);
    else
        snprintf(what, sizeof what, "returned before task %d was begun: a join or wait is missing",
                 task);
    return job_fail(&run->job, what, 0);
}

int rules_begin_task(struct run *run, int task, int worker)
{
    char what[160];
    int phase = atomic_load(&run->workload.header->phase);
    if (phase != PHASE_RUN)
        return begins_at_the_wrong_time(run, task, phase);
    int other = atomic_exchange(&run->workload.seats[worker].task, task + 1);
    if (other == 0)
        return 0;
    snprintf(what, sizeof what,
             "worker %d ran two tasks at the same time, %d and %d: every thread or process needs a "
             "worker number of its own",
             worker, other - 1, task);
    return job_fail(&run->job, what, 0);
}

void rules_end_task(struct run *run, int worker)
{
    atomic_store_explicit(&run->workload.seats[worker].task, 0, memory_order_release);
}

void rules_only_parent_returns(struct run *run)
{
    if (getpid() == run->process)
        return;
    job_fail(&run->job, "a child process returned from the strategy: it has to end with _exit()",
             0);
    _exit(1);
}

static bool all_tasks_done(const struct run *run)
{
    int task = 0;
    while (task < run->job.tasks && atomic_load(&run->workload.stamps[task].times_run) > 0)
        task++;
    return task == run->job.tasks;
}

void rules_after_run(struct run *run)
{
    const struct timespec nap = {.tv_nsec = 1000000};
    struct workload_header *header = run->workload.header;
    char what[160];
    atomic_store(&header->phase, PHASE_AFTER);
    for (int worker = 0; worker < run->workers; worker++) {
        int task = atomic_load(&run->workload.seats[worker].task) - 1;
        if (task < 0 || atomic_load(&header->failed))
            continue;
        snprintf(what, sizeof what, "returned before task %d was done: a join or wait is missing",
                 task);
        job_fail(&run->job, what, 0);
    }
    /* Tasks that nobody has begun may still come, late. Who begins one will tell. */
    for (int naps = 0; naps < 500 && !atomic_load(&header->failed) && !all_tasks_done(run); naps++)
        nanosleep(&nap, NULL);
}

void rules_no_child_left(struct run *run)
{
    int status;
    pid_t child = waitpid(-1, &status, WNOHANG);
    if (child == 0)
        job_fail(&run->job, "left processes behind: nobody has waited for them", 0);
    else if (child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
        job_fail(&run->job, "left a process that has ended: nobody has waited for it", 0);
    else if (child > 0)
        job_fail(&run->job, "left a process that has failed: nobody has waited for it", 0);
}

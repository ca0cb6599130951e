/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The watcher: probe STRATEGY TASKS WORKERS JOBS KIND SEED STALL_S
 *
 * STRATEGY is `graded`, or `serial` or `pool` for timing beside it. Starts the case in a group of
 * processes of its own, looks whether it gets on, and writes the report to standard output. What
 * the strategy prints goes to standard error. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

#include "harness/base/clock.h"
#include "harness/grade/probe/probe.h"

extern const struct strategy strategy_pool;
/* Defined on the grader's command line for the file that is graded. */
extern const struct strategy *const probe_graded;

static int run_serially(struct job *job, int workers, void *state)
{
    (void)workers, (void)state;
    for (int task = 0; task < job->tasks; task++)
        job_run(job, task, 0);
    return 0;
}
static const struct strategy strategy_loop = {.name = "serial", .run = run_serially};

static int say(const char *what)
{
    fprintf(stderr, "probe: %s: %s\n", what, strerror(errno));
    return 2;
}

/* Whoever takes too long is asked where it stands. The question is a signal, which ends a sleep or a
 * poll(): in a look at those who are not stuck only those that run are asked. */
static void ask_threads(int report, bool all)
{
    for (int i = 0; i < THREADS_MAX; i++) {
        const struct thread *thread = &probe->thread[i];
        int process = atomic_load(&thread->process);
        if (process == 0 || thread->ended || (!all && probe_state(process, thread->number) != 'R'))
            continue;
#ifdef __linux__
        syscall(SYS_tgkill, process, thread->number, SIGUSR2);
#else
        kill(process, SIGUSR2);
#endif
    }
    probe_sleep(0.03);
    probe_report_threads(report);
}

static bool has_ended(pid_t child)
{
    siginfo_t info;
    memset(&info, 0, sizeof info);
    return waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid == child;
}

/* Tasks that are begun or ended, or refused, in a case: many times what there is to do. */
enum { CALLS_MAX = 100000 };

/* Returns whether it hangs, or goes on for ever. */
static bool watch(pid_t child, int report)
{
    double moved_s = clock_seconds(), began_s = moved_s;
    long progress = 0;
    int asked = probe->plan.kind == TASKS_ONE ? 0 : 2; /* twice: who runs both times spins */
    while (!has_ended(child)) {
        probe_sleep(0.002);
        double now_s = clock_seconds();
        long now = atomic_load(&probe->progress);
        if (now != progress)
            moved_s = now_s;
        progress = now;
        if (asked < 2 && now > 0 && now_s - began_s > 0.1 * (asked + 1)) {
            ask_threads(report, false);
            asked++;
        }
        if (now_s - moved_s > probe->plan.stall_s || now > CALLS_MAX) {
            ask_threads(report, true);
            return true;
        }
    }
    return false;
}

static volatile pid_t watched; /* for the handler */

/* Nobody waits for the report any more: the case ends with us, and all that it has forked. */
static void end_with_case(int signal_number)
{
    (void)signal_number;
    kill(-watched, SIGKILL);
    _exit(3);
}

/* All that is left of the case: nothing may be measured beside it, or stay. A sanitizer may have started
 * a program that finds lines. */
static void end_group(pid_t child, bool may_have_others)
{
    if (!may_have_others && kill(-child, 0) == 0 && atomic_load(&probe->findings_begun) == 0) {
        probe_sleep(0.1); /* those that are on their way out */
        if (kill(-child, 0) == 0)
            probe_note("leaked-process", probe->forked, "a process is left that nobody waited for");
    }
    kill(-child, SIGKILL);
}

static int read_plan(char **words, struct plan *plan)
{
    plan->tasks = atoi(words[0]);
    plan->workers = atoi(words[1]);
    plan->jobs = atoi(words[2]);
    plan->kind = (enum task_kind)atoi(words[3]);
    plan->seed = (unsigned)strtoul(words[4], NULL, 10);
    plan->stall_s = atof(words[5]);
    return plan->tasks >= 0 && plan->tasks < TASKS_MAX && plan->workers > 0 &&
                   plan->workers <= WORKERS_MAX && plan->jobs > 0 && plan->jobs <= JOBS_MAX
               ? 0
               : -1;
}

/* The report has a descriptor of its own, that the case does not inherit. */
static _Noreturn void become_case(const struct strategy *strategy, int report, bool keep_signals)
{
    setpgid(0, 0);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* nor does it outlive us */
#endif
    close(report);
    if (dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
        _exit(2);
    probe->process = getpid();
    probe_case(strategy, keep_signals);
}

int main(int argc, char **argv)
{
    struct plan plan;
    struct error error;
    bool keep_signals = getenv("PROBE_KEEP_SIGNALS") != NULL;
    if (probe_is_worker(argc, argv))
        return probe_serve(argv, keep_signals);
    if (argc != 8 || read_plan(argv + 2, &plan) != 0)
        return say("usage: probe STRATEGY TASKS WORKERS JOBS KIND SEED STALL_S");
    const struct strategy *strategy = strcmp(argv[1], "serial") == 0 ? &strategy_loop
                                      : strcmp(argv[1], "pool") == 0 ? &strategy_pool
                                                                     : probe_graded;
    int report = dup(STDOUT_FILENO), status = 0;
    if (report < 0 || probe_create(&error) != 0)
        return say("memory");
    probe->plan = plan;
    probe->program = argv[0];

    pid_t child = fork();
    if (child < 0)
        return say("fork");
    if (child == 0)
        become_case(strategy, report, keep_signals);
    setpgid(child, child); /* whoever of the two is first */
    watched = child;
    signal(SIGTERM, end_with_case);
    bool hangs = watch(child, report);
    if (hangs)
        kill(-child, SIGKILL);
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return say("waitpid");
    end_group(child, hangs || keep_signals);
    probe_report(report, hangs, status);
    return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/run/launch.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/base/clock.h"
#include "harness/base/process/interrupt.h"
#include "harness/base/self.h"
#include "harness/base/spawn.h"
#include "harness/measure/run/guard.h"
#include "harness/measure/run/isolated_run.h"

int launch_interrupted(void)
{
    return interrupt_signal() != 0;
}

int launch_catch_signals(struct error *error)
{
    return interrupt_catch(error) != 0 || guard_start(error) != 0 ? -1 : 0;
}

/* Words for the environment of a run. */
struct environment {
    char numbered[8][40]; /* those with a number in them */
    char *words[20];
    int count;
};

static void set_number(struct environment *environment, const char *name, int number)
{
    char *word = environment->numbered[environment->count];
    snprintf(word, sizeof environment->numbered[0], "%s=%d", name, number);
    environment->words[environment->count++] = word;
}

/* The libraries read these when they start, which is why a run has a process of its own. We bind
 * workers ourselves, so the runtime's own binding is switched off. Library threads are as the
 * configuration has them; a BLAS that is built with OpenMP knows no other number than OpenMP's. */
static void make_environment(struct environment *environment, const struct config *config)
{
    static char fixed[][24] = {"OMP_DYNAMIC=false", "OMP_PROC_BIND", "OMP_PLACES",
                               "GOMP_CPU_AFFINITY", "KMP_AFFINITY",  "OMP_THREAD_LIMIT",
                               "OMP_SCHEDULE"};
    static const char *const library_threads[] = {"OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS",
                                                  "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"};
    int blas_threads = config->blas_threads ? config->blas_threads : 1;
    environment->count = 0;
    for (size_t i = 0; i < sizeof library_threads / sizeof library_threads[0]; i++)
        set_number(environment, library_threads[i], blas_threads);
    set_number(environment, "OMP_NUM_THREADS",
               config->blas_threads ? blas_threads : config->workers);
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++)
        environment->words[environment->count++] = fixed[i];
    environment->words[environment->count] = NULL;
}

/* Starts the run: this program anew, which finds its workload behind a descriptor. All its
 * processes hold the other end of the lifeline, so that it tells when the last has ended. */
static pid_t start_run(const struct workload *workload, int lifeline, struct error *error)
{
    char program[PATH_MAX], descriptor[16], argument[] = ISOLATED_RUN_ARGUMENT, name[] = "speedup";
    char *const arguments[] = {name, argument, descriptor, NULL};
    const int kept[] = {workload->memory.fd, lifeline, -1};
    struct environment environment;
    const struct spawn spawn = {.arguments = arguments,
                                .program = program,
                                .in = SPAWN_NOTHING,
                                .out = SPAWN_TO_ERROR, /* standard output is for our own table */
                                .kept = kept,
                                .environment = environment.words,
                                .own_group = true,
                                .default_signals = true};
    snprintf(descriptor, sizeof descriptor, "%d", workload->memory.fd);
    make_environment(&environment, &workload->header->config);
    return self_program(program, sizeof program, error) == 0 ? spawn_start(&spawn, error) : -1;
}

/* What is looked at while a run is under way. */
struct watch {
    const struct workload *workload;
    const struct workload_header *header;
    double began_s;
    struct sampler *sampler; /* NULL: none */
    const struct launch_notice *notice;
    double failed_s; /* when it was seen to have failed; 0: not yet */
    bool noticed;
};

/* A reading that was taken while the run came to its end is not one of the run. */
static void look_at_resources(struct watch *watch)
{
    size_t before = watch->sampler->count;
    sampler_look(watch->sampler);
    if (atomic_load(&watch->header->finished))
        watch->sampler->count = before;
}

/* The workers write meanwhile: what is read is only for people. */
static int tasks_done(const struct workload *workload)
{
    int done = 0;
    for (int i = 0; i < workload->header->tasks; i++)
        done += workload->stamps[i].end_s > 0;
    return done;
}

/* Looking costs the run a little, so that a short one is left alone. */
static void tell_how_far(struct watch *watch, double now)
{
    const double SHORT_S = 3;
    if (watch->notice->goes_on && now - watch->began_s > SHORT_S)
        watch->notice->goes_on(watch->notice->context, tasks_done(watch->workload),
                               watch->header->tasks, now - watch->began_s);
}

/* A run that fails and ends is reported by its end; only one that goes on is worth a notice. */
static void look(struct watch *watch)
{
    const double PATIENCE_S = 0.5;
    double now = clock_seconds();
    if (watch->sampler && !atomic_load(&watch->header->finished))
        look_at_resources(watch);
    tell_how_far(watch, now);
    if (watch->noticed || !atomic_load(&watch->header->failed))
        return;
    if (watch->failed_s == 0)
        watch->failed_s = now;
    if (now - watch->failed_s >= PATIENCE_S) {
        watch->noticed = true;
        watch->notice->failed(watch->notice->context, &watch->header->error);
    }
}

/* Waits until every process that holds the other end of `lifeline` has ended, or until the time is
 * up, or until the run itself has ended a second ago and left others behind. Returns true when all
 * ended by themselves. */
static bool wait_for_end(int lifeline, pid_t child, double limit_s, struct watch *watch,
                         bool *timed_out)
{
    double deadline = clock_seconds() + limit_s;
    bool child_gone = false;
    struct pollfd end = {.fd = lifeline, .events = POLLIN};
    for (;;) {
        int ready = poll(&end, 1, SAMPLER_INTERVAL_MS);
        if (ready > 0)
            return true;
        if (launch_interrupted())
            return false;
        look(watch);
        siginfo_t info = {0};
        if (!child_gone && waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
            info.si_pid == child) {
            child_gone = true;
            deadline = clock_seconds() + 1;
        }
        if (clock_seconds() > deadline) {
            *timed_out = !child_gone;
            return false;
        }
    }
}

/* Kills the run with all its processes, and sees them gone (init reaps those that are not ours). */
static void kill_all(pid_t child, int lifeline)
{
    enum { PATIENCE_MS = 2000 };
    struct pollfd end = {.fd = lifeline, .events = POLLIN};
    kill(-child, SIGKILL);
    while (poll(&end, 1, PATIENCE_MS) < 0 && errno == EINTR)
        continue;
}

static void judge(const struct workload *workload, int status, bool timed_out, double limit_s,
                  struct run_result *result)
{
    const struct workload_header *header = workload->header;
    const char *strategy = header->config.strategy;
    if (timed_out) {
        result->status = RUN_TIMEOUT;
        error_set(&result->error, strategy, "killed after %.3g s: it may hang", limit_s);
    } else if (WIFSIGNALED(status)) {
        result->status = RUN_CRASHED;
        error_set(&result->error, strategy, "killed by signal %d (%s)", WTERMSIG(status),
                  strsignal(WTERMSIG(status)));
    } else if (header->failed) {
        result->status = header->crashed ? RUN_CRASHED : RUN_FAILED;
        result->error = header->error;
    } else if (WEXITSTATUS(status) != 0 || !header->finished) {
        result->status = RUN_FAILED;
        error_set(&result->error, strategy, "ended early with exit status %d", WEXITSTATUS(status));
    } else {
        result->status = RUN_OK;
        result->figures = header->figures;
    }
}

int launch_run(const struct workload *workload, double limit_s, struct sampler *sampler,
               const struct launch_notice *notice, struct run_result *result, struct error *error)
{
    int lifeline[2], status = 0;
    bool timed_out = false;

    *result = (struct run_result){.status = RUN_FAILED};
    if (pipe(lifeline) != 0)
        return error_system(error, "run", "pipe", errno);
    fcntl(lifeline[0], F_SETFD, FD_CLOEXEC);
    fcntl(lifeline[1], F_SETFD, FD_CLOEXEC);
    pid_t child = start_run(workload, lifeline[1], error);
    close(lifeline[1]);
    if (child < 0) {
        close(lifeline[0]);
        return -1;
    }
    guard_watch(child);
    struct watch watch = {.workload = workload,
                          .began_s = clock_seconds(),
                          .header = workload->header,
                          .sampler = sampler,
                          .notice = notice};
    if (sampler)
        sampler_start(sampler, child, SAMPLER_GROUP);
    bool all_ended = wait_for_end(lifeline[0], child, limit_s, &watch, &timed_out);
    if (!all_ended)
        kill_all(child, lifeline[0]);
    guard_watch(0);
    int lost = spawn_wait(child, &status, error);
    close(lifeline[0]);
    if (lost)
        return -1;
    if (launch_interrupted())
        return error_set(error, "interrupted", "the run under way was stopped");
    judge(workload, status, timed_out, limit_s, result);
    if (!all_ended && !timed_out && result->status == RUN_OK) {
        result->status = RUN_FAILED;
        error_set(&result->error, workload->header->config.strategy,
                  "left processes behind; they were killed");
    }
    return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/run/isolated_run.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "harness/base/clock.h"
#include "harness/machine/blas/blas_library.h"
#include "harness/measure/run/rules.h"
#include "harness/measure/run/run_job.h"
#include "strategies/job_more.h"

/* Adds `sign` times what this process and its children so far have used. */
static void add_usage(struct run_figures *figures, int sign)
{
    static const int whose[] = {RUSAGE_SELF, RUSAGE_CHILDREN};
    for (size_t i = 0; i < 2; i++) {
        struct rusage usage;
        if (getrusage(whose[i], &usage) != 0)
            continue;
        figures->user_s += sign * clock_timeval_seconds(usage.ru_utime);
        figures->sys_s += sign * clock_timeval_seconds(usage.ru_stime);
        figures->minor_faults += sign * usage.ru_minflt;
        figures->major_faults += sign * usage.ru_majflt;
        figures->voluntary_switches += sign * usage.ru_nvcsw;
        figures->involuntary_switches += sign * usage.ru_nivcsw;
    }
}

/* Peak resident memory of the largest process so far: this one or one of its children. */
static long peak_memory_kib(void)
{
    struct rusage self, children;
    if (getrusage(RUSAGE_SELF, &self) != 0 || getrusage(RUSAGE_CHILDREN, &children) != 0)
        return 0;
    long peak = self.ru_maxrss > children.ru_maxrss ? self.ru_maxrss : children.ru_maxrss;
#ifdef __APPLE__
    peak /= 1024; /* bytes there, KiB elsewhere */
#endif
    return peak;
}

static void measure(struct run *run)
{
    struct run_figures *figures = &run->workload.header->figures;
    const struct strategy *strategy = run->strategy;
    void *state = NULL;

    add_usage(figures, -1);
    double began = clock_seconds();
    int failed = strategy->start ? strategy->start(&run->job, run->workers, &state) : 0;
    rules_only_parent_returns(run);
    atomic_store(&run->workload.header->phase, PHASE_RUN);
    double started = clock_seconds(), ran = started, stopped = started;
    if (!failed) {
        run->workload.header->run_began_s = started;
        strategy->run(&run->job, run->workers, state);
        ran = clock_seconds();
        rules_only_parent_returns(run);
        rules_after_run(run);
        double stopping = clock_seconds();
        if (strategy->stop)
            strategy->stop(&run->job, state);
        stopped = ran + clock_seconds() - stopping;
        rules_only_parent_returns(run);
    }
    add_usage(figures, +1);

    figures->start_s = started - began;
    figures->wall_s = ran - started;
    figures->stop_s = stopped - ran;
    figures->max_rss_kib = peak_memory_kib();
    figures->blas_threads = atomic_load(&run->workload.header->blas_threads);
}

/* The environment has told the library already, but some take no more threads from it than there
 * are cores. Programs that are started ask their own library; it is the same, with the same
 * variables. */
static void tell_blas(struct run *run)
{
    struct workload_header *header = run->workload.header;
    if (!run->strategy->files_only)
        blas_library_set_threads(header->config.blas_threads);
    else
        atomic_store(&header->blas_threads, blas_library_threads());
}

/* What the workers share comes before the clock starts and goes after it has stopped. Returns the
 * exit status. */
static int measure_with_service(struct run *run)
{
    struct workload_header *header = run->workload.header;
    struct error error;
    void *service = NULL;
    if (run->filter->waiting) {
        service = run->filter->waiting->open(&header->config.parameters, &error);
        if (!service) {
            workload_fail(&run->workload, &error);
            return 1;
        }
    }
    workload_touch(&run->workload);
    if (run->filter->uses_blas)
        tell_blas(run);
    rules_watch_crashes(run);
    measure(run);
    if (run->filter->waiting)
        run->filter->waiting->close(service);
    rules_no_child_left(run);
    header->finished = true;
    return 0;
}

/* Attaches to the workload behind a descriptor, and does `work` with it. */
static int attach_and(int (*work)(struct run *run), const char *descriptor)
{
    struct run run = {.workers = 0};
    struct error error;
    char *end;
    long fd = strtol(descriptor, &end, 10);
    int status = 1;

    signal(SIGPIPE, SIG_IGN); /* writing to a worker that has died is an error, not an end */
    if (*end || workload_attach(&run.workload, (int)fd, &error) != 0) {
        if (!*end) /* where it would be noted is what is missing */
            fprintf(stderr, "speedup: %s\n", error.text);
        return 1;
    }
    run.filter = filter_find(run.workload.header->config.filter);
    run.strategy = strategy_find(run.workload.header->config.strategy);
    if (topology_load(&run.topology, NULL, &error) != 0)
        workload_fail(&run.workload, &error);
    else if (run_job_create(&run) == 0)
        status = work(&run);
    run_job_destroy(&run);
    topology_destroy(&run.topology);
    workload_destroy(&run.workload);
    return status;
}

int isolated_run(const char *descriptor)
{
    return attach_and(measure_with_service, descriptor);
}

static int serve(struct run *run)
{
    if (run->filter->uses_blas)
        blas_library_set_threads(run->workload.header->config.blas_threads);
    return spawn_serve(&run->job, STDIN_FILENO) == 0 ? 0 : 1;
}

int spawned_worker(const char *descriptor)
{
    return attach_and(serve, descriptor);
}

#include "harness/isolated_run.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "harness/clock.h"
#include "harness/topology.h"
#include "harness/workload.h"
#include "strategies/strategy.h"

/* What belongs to one worker. In a forked worker this is a private copy, and so it should be. */
struct worker {
    bool ready;
    void *workspace;
};

/* The job that the strategy gets; `job` comes first, so that a pointer to it is one to the whole.
 */
struct run {
    struct job job;
    struct workload workload;
    struct topology topology;
    const struct filter *filter;
    const struct strategy *strategy;
    int workers;
    struct worker *worker;
};

static struct run *run_of(struct job *job)
{
    return (struct run *)(void *)job;
}

static int fail(struct job *job, const char *what, int error_number)
{
    struct error error;
    const char *strategy = run_of(job)->workload.header->config.strategy;
    if (error_number)
        error_system(&error, strategy, what, error_number);
    else
        error_set(&error, strategy, "%s", what);
    return workload_fail(&run_of(job)->workload, &error);
}

/* The first task of a worker finds it a core and a workspace. */
static int make_ready(struct run *run, int number)
{
    struct error error;
    const struct config *config = &run->workload.header->config;
    struct worker *worker = &run->worker[number];
    if (config->bind == BIND_CORES)
        topology_bind_worker(&run->topology, number);
    worker->workspace = run->filter->create(&config->parameters, &error);
    if (!worker->workspace)
        return workload_fail(&run->workload, &error);
    worker->ready = true;
    return 0;
}

static int run_task(struct job *job, int number, int worker)
{
    struct run *run = run_of(job);
    struct error error;
    if (number < 0 || number >= job->tasks)
        return fail(job, "ran a task that there is not", 0);
    if (worker < 0 || worker >= run->workers)
        return fail(job, "used a worker that there is not", 0);

    const struct task *task = &run->workload.tasks[number];
    struct stamp *stamp = &run->workload.stamps[number];
    struct image input = workload_input(&run->workload, task->frame);
    struct image output = workload_output(&run->workload, task->frame);
    int failed = 0;

    stamp->start_s = clock_seconds();
    stamp->worker = worker;
    if (!run->worker[worker].ready)
        failed = make_ready(run, worker);
    if (!failed && run->filter->apply(run->worker[worker].workspace, &input, task->row_begin,
                                      task->row_end, &output, &error) != 0)
        failed = workload_fail(&run->workload, &error);
    stamp->end_s = clock_seconds();
    atomic_fetch_add(&stamp->times_run, 1);
    return failed;
}

static void *result(struct job *job, int task, size_t *bytes)
{
    return workload_result(&run_of(job)->workload, task, bytes);
}

static int keep_results_private(struct job *job)
{
    if (workload_make_pixels_private(&run_of(job)->workload) != 0)
        return fail(job, "mmap", errno);
    return 0;
}

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + 1e-6 * (double)time.tv_usec;
}

/* Adds `sign` times what this process and its children so far have used. */
static void add_usage(struct run_figures *figures, int sign)
{
    static const int whose[] = {RUSAGE_SELF, RUSAGE_CHILDREN};
    for (size_t i = 0; i < 2; i++) {
        struct rusage usage;
        if (getrusage(whose[i], &usage) != 0)
            continue;
        figures->user_s += sign * seconds(usage.ru_utime);
        figures->sys_s += sign * seconds(usage.ru_stime);
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
    double started = clock_seconds(), ran = started;
    if (!failed) {
        run->workload.header->run_began_s = started;
        strategy->run(&run->job, run->workers, state);
        ran = clock_seconds();
        if (strategy->stop)
            strategy->stop(&run->job, state);
    }
    double stopped = clock_seconds();
    add_usage(figures, +1);

    figures->start_s = started - began;
    figures->wall_s = ran - started;
    figures->stop_s = stopped - ran;
    figures->max_rss_kib = peak_memory_kib();
}

int isolated_run(const char *descriptor)
{
    struct run run = {.job = {.run_task = run_task,
                              .fail = fail,
                              .result = result,
                              .keep_results_private = keep_results_private}};
    struct error error;
    char *end;
    long fd = strtol(descriptor, &end, 10);
    int status = 1;

    signal(SIGPIPE, SIG_IGN); /* writing to a worker that has died is an error, not an end */
    if (*end || workload_attach(&run.workload, (int)fd, &error) != 0)
        return 1;
    const struct config *config = &run.workload.header->config;
    run.job.tasks = run.workload.header->tasks;
    run.job.lock_released = config->lock == LOCK_RELEASED;
    run.workers = config->workers;
    run.filter = filter_find(config->filter);
    run.strategy = strategy_find(config->strategy);
    run.worker = calloc((size_t)run.workers, sizeof *run.worker);
    if (!run.worker)
        fail(&run.job, "no memory for the workers", 0);
    else if (topology_load(&run.topology, NULL, &error) != 0)
        workload_fail(&run.workload, &error);
    else {
        measure(&run);
        run.workload.header->finished = true;
        status = 0;
        for (int i = 0; i < run.workers; i++)
            run.filter->destroy(run.worker[i].workspace);
    }
    topology_destroy(&run.topology);
    free(run.worker);
    workload_destroy(&run.workload);
    return status;
}

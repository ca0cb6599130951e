/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/samples.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/measure/statistics.h"
#include "strategies/strategy.h"

/* Times of tasks that are kept for one configuration, of all its runs together: 96 MB. */
enum { TIMES_KEPT = 2000000 };

/* The share of each task in the work: its pixels. To be freed by the caller; NULL: no memory. */
static double *task_weights(const struct workload *workload)
{
    size_t count = (size_t)workload->header->tasks;
    double *weights = calloc(count ? count : 1, sizeof *weights);
    for (size_t i = 0; weights && i < count; i++) {
        const struct task *task = &workload->tasks[i];
        weights[i] =
            (double)(task->row_end - task->row_begin) * (double)workload->frames[task->frame].nx;
    }
    return weights;
}

/* Counting can only say something when it knows how much work a task is. Library threads share every
 * task, so nothing is left over; about two layers it says nothing. Waiting takes no core. */
static void find_ceilings(const struct workload *workload, const struct machine_model *machine,
                          struct samples *samples)
{
    const struct config *config = &workload->header->config;
    size_t count = (size_t)workload->header->tasks;
    samples->ceiling = samples->machine_ceiling = (double)NAN;
    if (strategy_find(config->strategy)->library_workers)
        samples->ceiling = config->workers;
    else if (config->blas_threads <= 1) {
        double *weights = task_weights(workload);
        if (!weights)
            return;
        samples->ceiling = statistics_ceiling(weights, count, config->workers);
        if (machine && !filter_find(config->filter)->waiting)
            samples->machine_ceiling =
                fmin(samples->ceiling, model_ceiling(machine, weights, count, config->workers));
        free(weights);
    }
}

static double operations_of(const struct workload *workload, const struct filter *filter)
{
    double operations = 0;
    if (!filter->operations)
        return (double)NAN;
    for (int i = 0; i < workload->header->tasks; i++) {
        const struct task *task = &workload->tasks[i];
        const struct frame *frame = &workload->frames[task->frame];
        operations += filter->operations(frame->ny, frame->nx, task->row_end - task->row_begin);
    }
    return operations;
}

static struct setup setup_of(const struct workload *workload)
{
    const struct workload_header *header = workload->header;
    const struct frame *frames = workload->frames;
    bool waits = filter_find(header->config.filter)->waiting;
    struct setup setup = {.config = header->config,
                          .ny = frames[0].ny,
                          .nx = frames[0].nx,
                          .images = header->frames,
                          .tasks = header->tasks,
                          .latency_s = waits ? header->config.parameters.latency_s : (double)NAN};
    for (int i = 0; i < header->frames; i++)
        if (frames[i].ny != frames[0].ny || frames[i].nx != frames[0].nx)
            setup.ny = setup.nx = 0;
    if (header->command_words > 0) /* what a command does with its files is its own affair */
        setup.ny = setup.nx = 0;
    return setup;
}

int samples_create(struct samples *samples, const struct workload *workload,
                   const struct machine_model *machine, int capacity, struct error *error)
{
    const struct workload_header *header = workload->header;
    size_t runs = (size_t)capacity;
    int keep = TIMES_KEPT / (header->tasks ? header->tasks : 1);
    *samples = (struct samples){
        .setup = setup_of(workload),
        .operations = operations_of(workload, filter_find(header->config.filter)),
        .capacity = capacity,
        .figures = calloc(runs, sizeof *samples->figures),
        .task_s = calloc(runs, sizeof *samples->task_s),
        .task_cpu_s = calloc(runs, sizeof *samples->task_cpu_s),
        .task_queue_s = calloc(runs, sizeof *samples->task_queue_s),
        .traces = calloc(runs, sizeof *samples->traces),
        .traces_at_most = keep > 2 ? keep : 2,
    };
    find_ceilings(workload, machine, samples);
    if (!samples->figures || !samples->task_s || !samples->task_cpu_s || !samples->task_queue_s ||
        !samples->traces) {
        samples_destroy(samples);
        return error_set(error, "samples", "no memory");
    }
    return 0;
}

void samples_destroy(struct samples *samples)
{
    for (int i = 0; i < samples->count; i++)
        free(samples->traces[i]);
    free(samples->figures);
    free(samples->task_s);
    free(samples->task_cpu_s);
    free(samples->task_queue_s);
    free(samples->traces);
    *samples = (struct samples){0};
}

/* The run whose trace is kept and whose wall time is nearest to `wall_s`, or farthest from it. */
static int find_trace(const struct samples *samples, int runs, double wall_s, bool farthest)
{
    int found = -1;
    double best = 0;
    for (int run = 0; run < runs; run++) {
        double away = fabs(samples->figures[run].wall_s - wall_s);
        if (!samples->traces[run] || (found >= 0 && (farthest ? away <= best : away >= best)))
            continue;
        found = run;
        best = away;
    }
    return found;
}

/* Lets go of the trace that is least likely to be that of the median run in the end. */
static int drop_trace(struct samples *samples, struct error *error)
{
    size_t runs = (size_t)samples->count;
    double *walls = calloc(runs, sizeof *walls);
    if (!walls)
        return error_set(error, "samples", "no memory");
    for (size_t run = 0; run < runs; run++)
        walls[run] = samples->figures[run].wall_s;
    int run = find_trace(samples, samples->count, statistics_median(walls, runs).value, true);
    free(walls);
    free(samples->traces[run]);
    samples->traces[run] = NULL;
    samples->traces_kept--;
    return 0;
}

int samples_put(struct samples *samples, const struct run_figures *figures,
                const struct task_sums *sums, struct task_time *trace, struct error *error)
{
    if (samples->count == samples->capacity) {
        free(trace);
        return 0;
    }
    samples->task_s[samples->count] = sums->wall_s;
    samples->task_cpu_s[samples->count] = sums->cpu_s;
    samples->task_queue_s[samples->count] = sums->queue_s;
    samples->figures[samples->count] = *figures;
    samples->traces[samples->count++] = trace;
    samples->traces_kept += trace != NULL;
    return samples->traces_kept > samples->traces_at_most ? drop_trace(samples, error) : 0;
}

int samples_add(struct samples *samples, const struct workload *workload,
                const struct run_result *result, struct error *error)
{
    int tasks = samples->setup.tasks;
    struct task_sums sums = {0};
    if (result->status != RUN_OK) {
        samples->status = result->status;
        return 0;
    }
    if (samples->count == samples->capacity)
        return 0;
    struct task_time *trace = calloc((size_t)tasks, sizeof *trace);
    if (!trace)
        return error_set(error, "samples", "no memory");
    for (int task = 0; task < tasks; task++) {
        const struct stamp *stamp = &workload->stamps[task];
        double began_s = workload->header->run_began_s;
        trace[task] =
            (struct task_time){stamp->worker, stamp->start_s - began_s, stamp->end_s - began_s,
                               stamp->cpu_s,  stamp->queue_s,           stamp->queue_before_s};
        sums.wall_s += stamp->end_s - stamp->start_s;
        sums.cpu_s += stamp->cpu_s;
        sums.queue_s += stamp->queue_s;
    }
    return samples_put(samples, &result->figures, &sums, trace, error);
}

void samples_forget(struct samples *samples, int count)
{
    while (samples->count > count) {
        samples->count--;
        samples->traces_kept -= samples->traces[samples->count] != NULL;
        free(samples->traces[samples->count]);
        samples->traces[samples->count] = NULL;
    }
}

int samples_median_run(const struct samples *samples, int rounds, double median_s)
{
    return find_trace(samples, rounds, median_s, false);
}

struct run_record samples_record(const struct samples *samples, int round,
                                 const struct run_result *result)
{
    const struct run_figures *figures = &result->figures;
    bool ended = result->status == RUN_OK || result->status == RUN_WRONG;
    const double nothing = (double)NAN;
    struct run_record record = {.setup = samples->setup,
                                .round = round,
                                .blas_threads = figures->blas_threads,
                                .status = result->status};
#define FIGURE(name) record.name = ended ? (double)figures->name : nothing
    FIGURE(start_s);
    FIGURE(wall_s);
    FIGURE(stop_s);
    FIGURE(user_s);
    FIGURE(sys_s);
    FIGURE(max_rss_kib);
    FIGURE(minor_faults);
    FIGURE(major_faults);
    FIGURE(voluntary_switches);
    FIGURE(involuntary_switches);
#undef FIGURE
    record.gflops = samples->operations / record.wall_s / 1e9;
    return record;
}

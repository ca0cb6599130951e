/* SPDX-License-Identifier: GPL-3.0-or-later */
/* time_overhead: what each strategy costs by itself, on tasks that do nothing.
 *
 *     time_overhead [WORKERS]        (all hardware threads that may be used)
 *
 * First, what job_run() of the harness costs. Then for every strategy that runs inside one program
 * the nanoseconds that handing out one more task takes (the time of a job of many tasks less that of
 * a job of none, divided by the tasks), with `--chunk` 1, 10 and 100 where it has chunks; and the
 * microseconds of start, of a job without tasks, and of stop: medians of repeated jobs. The lines
 * `openmp` are libgomp's `parallel for schedule(dynamic, chunk)`. Each strategy is measured in a
 * process of its own, because a process that has used OpenMP cannot fork children that do.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

#include "harness/base/clock.h"
#include "harness/machine/topology.h"
#include "harness/measure/run/run_job.h"
#include "strategies/job_more.h"
#include "strategies/strategy.h"

/* A job is of as many tasks as take ENOUGH_S. */
enum { REPEATS = 21, FEW = 1000, MANY = 1000000 };
static const double ENOUGH_S = 0.02;

static int nothing(struct job *job, int task, int worker)
{
    (void)job, (void)task, (void)worker;
    return 0;
}

static int complain(struct job *job, const char *what, int error_number)
{
    (void)job;
    fprintf(stderr, "time_overhead: %s: %s\n", what, strerror(error_number));
    exit(1);
}

/* Results of no bytes, for `many` tasks; they last as long as this process. */
static struct job_results nothing_to_send(int many)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    struct job_results results = {
        .of = calloc((size_t)many, sizeof *results.of),
        .memory = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0),
        .bytes = page};
    if (!results.of || results.memory == MAP_FAILED) {
        fprintf(stderr, "time_overhead: no memory\n");
        exit(1);
    }
    return results;
}

static double median(double *samples)
{
    gsl_sort(samples, 1, REPEATS);
    return gsl_stats_median_from_sorted_data(samples, 1, REPEATS);
}

/* Seconds that the strategy takes for a job of so many tasks. */
static double time_job(const struct strategy *strategy, struct job *job, int tasks, int workers,
                       void *state)
{
    double began = clock_seconds();
    job->tasks = tasks;
    strategy->run(job, workers, state);
    return clock_seconds() - began;
}

/* What handing out one task more costs with this chunk; the quartiles say how noisy the machine was.
 */
static void measure_tasks(const struct strategy *strategy, struct job job, int workers)
{
    double per_task_s[REPEATS];
    void *state = NULL;
    if (strategy->start)
        strategy->start(&job, workers, &state);
    int many = FEW;
    double begun_s = time_job(strategy, &job, 0, workers, state);
    while (many < MANY && time_job(strategy, &job, many, workers, state) < begun_s + ENOUGH_S)
        many = many < MANY / 4 ? 4 * many : MANY;
    for (int i = 0; i < REPEATS; i++) {
        double empty_s = time_job(strategy, &job, 0, workers, state);
        per_task_s[i] = (time_job(strategy, &job, many, workers, state) - empty_s) / many;
    }
    if (strategy->stop)
        strategy->stop(&job, state);
    double middle = median(per_task_s);
    printf("%-13s %6d %10.1f %10.1f-%-8.1f", strategy->name, job.chunk, 1e9 * middle,
           1e9 * gsl_stats_quantile_from_sorted_data(per_task_s, 1, REPEATS, 0.25),
           1e9 * gsl_stats_quantile_from_sorted_data(per_task_s, 1, REPEATS, 0.75));
}

/* Start, a job without tasks, and stop. */
static void measure_ends(const struct strategy *strategy, struct job job, int workers)
{
    double start_s[REPEATS], empty_s[REPEATS], stop_s[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
        void *state = NULL;
        double began = clock_seconds();
        if (strategy->start)
            strategy->start(&job, workers, &state);
        double started = clock_seconds();
        empty_s[i] = time_job(strategy, &job, 0, workers, state);
        double ran = clock_seconds();
        if (strategy->stop)
            strategy->stop(&job, state);
        start_s[i] = started - began;
        stop_s[i] = clock_seconds() - ran;
    }
    printf(" %10.1f %10.1f %10.1f", 1e6 * median(start_s), 1e6 * median(empty_s),
           1e6 * median(stop_s));
}

static void measure(const struct strategy *strategy, int workers)
{
    static const int chunks[] = {1, 10, 100};
    const struct job_results results = nothing_to_send(MANY);
    struct job job = {.results = &results, .run_task = nothing, .fail = complain};
    for (int i = 0; i < (strategy->has_chunks ? 3 : 1); i++) {
        job.chunk = chunks[i];
        measure_tasks(strategy, job, workers);
        if (i == 0)
            measure_ends(strategy, job, workers);
        putchar('\n');
    }
}

static void *no_workspace(const struct filter_parameters *parameters, struct error *error)
{
    static int workspace;
    (void)parameters, (void)error;
    return &workspace;
}

static void no_end(void *workspace)
{
    (void)workspace;
}

static int no_work(void *workspace, const struct image *input, size_t row_begin, size_t row_end,
                   struct image *output, struct error *error)
{
    (void)workspace, (void)input, (void)row_begin, (void)row_end, (void)output, (void)error;
    return 0;
}

/* What job_run() costs by itself: stamping a task, and seeing to it that the strategy keeps to the
 * rules. */
static int measure_job_run(void)
{
    enum { IMAGES = 100000 };
    static const struct filter empty = {
        .name = "empty", .create = no_workspace, .apply = no_work, .destroy = no_end};
    static size_t sides[IMAGES];
    struct error error;
    struct config config = {.workers = 1, .bind = BIND_NONE, .strategy = "serial"};
    const struct workload_contents contents = {
        .workers = 1, .frames = IMAGES, .bands = 1, .ny = sides, .nx = sides};
    struct run run = {.filter = &empty, .strategy = strategy_find("serial")};
    double per_task_s[REPEATS];
    for (int i = 0; i < IMAGES; i++)
        sides[i] = 1;
    if (workload_create(&run.workload, &empty, &contents, &error) != 0)
        return -1;
    for (int i = 0; i < REPEATS; i++) {
        workload_prepare(&run.workload, &empty, &config);
        if (run_job_create(&run) != 0)
            return -1;
        atomic_store(&run.workload.header->phase, PHASE_RUN);
        double began = clock_seconds();
        run.strategy->run(&run.job, 1, NULL);
        per_task_s[i] = (clock_seconds() - began) / IMAGES;
        run_job_destroy(&run);
    }
    workload_destroy(&run.workload);
    double middle = median(per_task_s);
    printf("job_run() itself: %.0f ns a task (quartiles %.0f-%.0f)\n\n", 1e9 * middle,
           1e9 * gsl_stats_quantile_from_sorted_data(per_task_s, 1, REPEATS, 0.25),
           1e9 * gsl_stats_quantile_from_sorted_data(per_task_s, 1, REPEATS, 0.75));
    return 0;
}

int main(int argc, char **argv)
{
    struct topology topology;
    struct error error;
    if (topology_load(&topology, NULL, &error) != 0) {
        fprintf(stderr, "time_overhead: %s\n", error.text);
        return 1;
    }
    int workers = argc > 1 ? atoi(argv[1]) : topology_most_workers(&topology);
    if (workers < 1) {
        fprintf(stderr, "time_overhead: %s: is no number of workers\n", argv[1]);
        return 2;
    }
    topology_destroy(&topology);
    if (measure_job_run() != 0)
        fprintf(stderr, "time_overhead: job_run() cannot be measured\n");
    printf("%d workers, tasks that do nothing; medians of %d jobs\n\n", workers, REPEATS);
    printf("%-13s %6s %10s %19s %10s %10s %10s\n", "strategy", "chunk", "ns a task", "(quartiles)",
           "start us", "empty us", "stop us");
    for (size_t i = 0; strategy_catalogue[i]; i++) {
        const struct strategy *strategy = strategy_catalogue[i];
        if (strategy->files_only || strategy->starts_anew || strategy->library_workers ||
            strcmp(strategy->name, "mine") == 0)
            continue;
        fflush(stdout);
        pid_t child = fork();
        if (child == 0) {
            measure(strategy, strategy->one_worker ? 1 : workers);
            fflush(stdout);
            _exit(0);
        }
        int status;
        if (child < 0 || waitpid(child, &status, 0) < 0 || status != 0)
            fprintf(stderr, "time_overhead: %s failed\n", strategy->name);
    }
    return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/samples.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/measure/statistics.h"
#include "strategies/strategy.h"

/* Counting can only say something when it knows how much work a task is: its share of the pixels.
 * Library threads share every task, so nothing is left over; of two layers counting says nothing.
 */
static double ceiling_of(const struct workload *workload, const struct config *config)
{
    size_t count = (size_t)workload->header->tasks;
    double *weights, ceiling = (double)NAN;
    if (strategy_find(config->strategy)->library_workers)
        return config->workers;
    if (config->blas_threads > 1)
        return ceiling;
    weights = calloc(count ? count : 1, sizeof *weights);
    if (!weights)
        return ceiling;
    for (size_t i = 0; i < count; i++) {
        const struct task *task = &workload->tasks[i];
        weights[i] =
            (double)(task->row_end - task->row_begin) * (double)workload->frames[task->frame].nx;
    }
    ceiling = statistics_ceiling(weights, count, config->workers);
    free(weights);
    return ceiling;
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

int samples_create(struct samples *samples, const struct workload *workload, int capacity,
                   struct error *error)
{
    const struct workload_header *header = workload->header;
    size_t runs = (size_t)capacity, tasks = (size_t)header->tasks;
    *samples = (struct samples){
        .key = {.config = header->config,
                .ny = workload->frames[0].ny,
                .nx = workload->frames[0].nx,
                .tasks = header->tasks,
                .operations = operations_of(workload, filter_find(header->config.filter))},
        .images = header->frames,
        .ceiling = ceiling_of(workload, &header->config),
        .capacity = capacity,
        .frame_of = calloc(tasks, sizeof *samples->frame_of),
        .figures = calloc(runs, sizeof *samples->figures),
        .began_s = calloc(runs, sizeof *samples->began_s),
        .stamps = calloc(runs * tasks, sizeof *samples->stamps),
    };
    if (!samples->frame_of || !samples->figures || !samples->began_s || !samples->stamps) {
        samples_destroy(samples);
        return error_set(error, "samples", "no memory");
    }
    for (int i = 0; i < header->tasks; i++)
        samples->frame_of[i] = workload->tasks[i].frame;
    for (int i = 0; i < header->frames; i++)
        if (workload->frames[i].ny != samples->key.ny || workload->frames[i].nx != samples->key.nx)
            samples->key.ny = samples->key.nx = 0;
    return 0;
}

void samples_destroy(struct samples *samples)
{
    free(samples->frame_of);
    free(samples->figures);
    free(samples->began_s);
    free(samples->stamps);
    *samples = (struct samples){0};
}

static struct stamp *stamps_of(const struct samples *samples, int run)
{
    return samples->stamps + (size_t)run * (size_t)samples->key.tasks;
}

void samples_add(struct samples *samples, const struct workload *workload,
                 const struct run_result *result)
{
    if (result->status != RUN_OK) {
        samples->status = result->status;
        return;
    }
    if (samples->count == samples->capacity)
        return;
    samples->figures[samples->count] = result->figures;
    samples->began_s[samples->count] = workload->header->run_began_s;
    memcpy((void *)stamps_of(samples, samples->count), workload->stamps,
           (size_t)samples->key.tasks * sizeof(struct stamp));
    samples->count++;
}

static double median(const double *values, int count)
{
    return statistics_median(values, (size_t)count).value;
}

/* t0, the time of one image on one core: of each serial run the time of its median image, and of
 * these the median. An image cut into bands takes what its bands take together. */
static double one_image_s(const struct samples *serial, int rounds)
{
    int images = serial->images;
    double *per_run = calloc((size_t)rounds, sizeof *per_run);
    double *per_image = calloc((size_t)images, sizeof *per_image), result = (double)NAN;
    if (per_run && per_image) {
        for (int run = 0; run < rounds; run++) {
            const struct stamp *stamps = stamps_of(serial, run);
            memset(per_image, 0, (size_t)images * sizeof *per_image);
            for (int task = 0; task < serial->key.tasks; task++)
                per_image[serial->frame_of[task]] += stamps[task].end_s - stamps[task].start_s;
            per_run[run] = median(per_image, images);
        }
        result = median(per_run, rounds);
    }
    free(per_run);
    free(per_image);
    return result;
}

/* The run whose wall time is nearest to the median. */
static int median_run(const struct samples *samples, int rounds, double median_s)
{
    int nearest = 0;
    for (int run = 1; run < rounds; run++)
        if (fabs(samples->figures[run].wall_s - median_s) <
            fabs(samples->figures[nearest].wall_s - median_s))
            nearest = run;
    return nearest;
}

static void summarise_good(const struct samples *samples, const struct samples *serial, int rounds,
                           double *walls, double *serial_walls, struct summary *summary)
{
    double workers = samples->key.config.workers, *used = serial_walls;
    for (int run = 0; run < rounds; run++) {
        const struct run_figures *figures = &samples->figures[run];
        walls[run] = figures->wall_s;
        used[run] = (figures->user_s + figures->sys_s) / (figures->wall_s * workers);
        if (figures->max_rss_kib > summary->max_rss_kib)
            summary->max_rss_kib = figures->max_rss_kib;
    }
    if (samples->peak_memory_kib > 0)
        summary->max_rss_kib = samples->peak_memory_kib;
    summary->cpu_utilisation = median(used, rounds);
    for (int run = 0; run < rounds; run++)
        serial_walls[run] = serial->figures[run].wall_s;
    summary->wall_s = statistics_median(walls, (size_t)rounds);
    summary->speedup = statistics_ratio(serial_walls, walls, (size_t)rounds);
    summary->activity_speedup = samples->images * summary->t0_s / summary->wall_s.value;
    summary->efficiency = summary->speedup.value / workers;
    summary->karp_flatt =
        statistics_karp_flatt(summary->speedup.value, samples->key.config.workers);
    summary->blas_threads = samples->figures[0].blas_threads;
}

void samples_summarise(const struct samples *samples, int count, int rounds,
                       struct results *results, int *failures)
{
    const struct samples *serial = &samples[0];
    double nothing = (double)NAN, t0_s = nothing;
    double *scratch = calloc(2 * (size_t)(rounds ? rounds : 1), sizeof *scratch);
    bool comparable = scratch && rounds > 0 && serial->status == RUN_OK;

    *failures = 0;
    if (comparable)
        t0_s = one_image_s(serial, rounds);
    for (int i = 0; i < count; i++) {
        struct summary summary = {.key = samples[i].key,
                                  .status = samples[i].status,
                                  .t0_s = t0_s,
                                  .wall_s = {nothing, nothing, nothing},
                                  .speedup = {nothing, nothing, nothing},
                                  .activity_speedup = nothing,
                                  .ceiling = samples[i].ceiling,
                                  .efficiency = nothing,
                                  .karp_flatt = nothing,
                                  .cpu_utilisation = nothing};
        if (samples[i].status != RUN_OK) {
            (*failures)++;
        } else if (comparable) {
            summary.rounds = rounds;
            summarise_good(&samples[i], serial, rounds, scratch, scratch + rounds, &summary);
            int run = median_run(&samples[i], rounds, summary.wall_s.value);
            results_add_trace(results, &samples[i].key, stamps_of(&samples[i], run),
                              samples[i].began_s[run]);
        }
        results_add_summary(results, &summary);
    }
    free(scratch);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/lesson/cost.h"

#include <math.h>
#include <string.h>

#include "filters/filter.h"
#include "harness/base/clock.h"
#include "harness/commands/inputs/inputs.h"
#include "harness/machine/blas/blas_library.h"

/* Of a run, beside its tasks: its process, and poisoning and checking the images; and what reading
 * and writing one file takes. As measured on a server of 2024. They are for the plan only: once a
 * round has been measured, that counts. */
static const double OVERHEAD_S = 0.08, FILE_S = 0.02;

/* What launchers take to start, and to start one program. */
static const struct {
    const char *strategy;
    double start_s, program_s;
} launchers[] = {{"programs", 0, 0.02}, {"gnu-parallel", 0.3, 0.03}, {"mpi", 0.8, 0}};

/* When timing some rows has taken so long, it tells enough, and no more are timed. */
static const double LONG_S = 0.2;

static int first_input(const struct bench_options *options, struct inputs *inputs,
                       struct error *error)
{
    const struct room room = bench_options_room(options), memory = {.workers = 1};
    if (options->file_count > 0)
        return inputs_read(inputs, &memory, 1, options->files, error);
    if (inputs_check(&room, (double)options->images, options->size.ny, options->size.nx, error) !=
        0)
        return -1; /* it is known before one of them is made */
    return inputs_make(inputs, &memory, 1, options->size.ny, options->size.nx,
                       (unsigned long)options->seed, 1, error);
}

/* Some rows first, then, where these were quick, all: the methods differ by a factor of a thousand. */
static int time_rows(const struct filter *filter, void *workspace, const struct image *input,
                     struct image *output, double *seconds, struct error *error)
{
    size_t all = output->ny;
    for (size_t rows = all / 50 + 1;; rows = rows < all / 5 ? all / 5 : all) {
        double began = clock_seconds();
        if (filter->apply(workspace, input, 0, rows, output, error) != 0)
            return -1;
        double took_s = clock_seconds() - began;
        *seconds = took_s * (double)all / (double)rows;
        if (rows >= all || took_s > LONG_S)
            return 0;
    }
}

static int time_filter(const struct filter *filter, const struct bench_options *options,
                       const struct image *input, double *seconds, struct error *error)
{
    struct image output;
    size_t ny = input->ny, nx = input->nx;
    if (filter->output_shape)
        filter->output_shape(input->ny, input->nx, &ny, &nx);
    if (image_create(&output, ny, nx, error) != 0)
        return -1;
    if (filter->uses_blas)
        blas_library_set_threads(1);
    void *workspace = filter->create(&options->config.parameters, error);
    int failed =
        !workspace || time_rows(filter, workspace, input, &output, seconds, error) != 0 ? -1 : 0;
    filter->destroy(workspace);
    image_destroy(&output);
    return failed;
}

int cost_image(const struct bench_options *options, double *seconds, struct error *error)
{
    const struct filter *filter = filter_find(options->config.filter);
    struct inputs inputs;
    if (filter->waiting) {
        *seconds = options->config.parameters.latency_s;
        return 0;
    }
    if (first_input(options, &inputs, error) != 0)
        return -1;
    int failed = time_filter(filter, options, &inputs.images[0], seconds, error);
    inputs_free(&inputs);
    if (options->config.io == IO_FILES)
        *seconds += FILE_S;
    return failed;
}

void cost_runs(const struct bench_options *options, const struct config *configs, double image_s,
               double cores, struct plan_section *section)
{
    bool waits = filter_find(options->config.filter)->waiting != NULL;
    for (size_t i = 0; i < section->count; i++) {
        const struct config *config = &configs[i];
        double overhead_s = OVERHEAD_S, task_s = image_s;
        for (size_t k = 0; k < sizeof launchers / sizeof launchers[0]; k++)
            if (strcmp(config->strategy, launchers[k].strategy) == 0) {
                overhead_s += launchers[k].start_s;
                task_s += launchers[k].program_s;
            }
        section->configs[i] =
            (struct plan_config){.tasks_s = plan_run_s(task_s * section->images, 0, section->images,
                                                       config->workers, cores, waits),
                                 .overhead_s = overhead_s,
                                 .keep = i == 0};
    }
}

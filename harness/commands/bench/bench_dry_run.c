/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/bench/bench_dry_run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "filters/filter.h"
#include "harness/base/clock.h"
#include "harness/commands/inputs/inputs.h"
#include "harness/measure/forecast/bet.h"
#include "harness/measure/forecast/plan.h"

/* Of a run, beside its tasks: its process, and poisoning and checking the images. As it was measured
 * on a server of 2024; a part of a second more or less changes no plan. */
static const double OVERHEAD_S = 0.08;

/* Before and after all rounds: making images, looking at the machine, measuring its cores, drawing
 * graphs; beside it, a forecast is made. */
static const double FIXED_S = 5;

enum { ROUNDS_AT_MOST = 25, IMAGES_AT_LEAST = 4 };

static int first_input(const struct bench_options *options, struct inputs *inputs,
                       struct error *error)
{
    if (options->file_count > 0)
        return inputs_read(inputs, 1, options->files, error);
    return inputs_make(inputs, 1, options->size.ny, options->size.nx, (unsigned long)options->seed,
                       1, error);
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
    void *workspace = filter->create(&options->config.parameters, error);
    double began = clock_seconds();
    int failed = !workspace || filter->apply(workspace, input, 0, ny, &output, error) != 0;
    *seconds = clock_seconds() - began;
    filter->destroy(workspace);
    image_destroy(&output);
    return failed ? -1 : 0;
}

/* One image on one core: what all else is worked out from. */
static int time_image(const struct bench_options *options, double *seconds, struct error *error)
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
    return failed;
}

/* The rows that are kept: "serial on 1 (twice), fork on 2, pool on 1, 2". */
static void print_configs(const struct dry_run *dry_run, const struct plan_section *section,
                          FILE *stream)
{
    char label[2 * NAME_MAX_LENGTH], before[2 * NAME_MAX_LENGTH] = "";
    fprintf(stream, "  serial on 1, twice");
    for (int i = 1; i < dry_run->config_count; i++) {
        const struct config *config = &dry_run->configs[i];
        if (section->configs[i].cut)
            continue;
        config_label(config->strategy, config->lock, config->blas_threads, label, sizeof label);
        if (strcmp(label, before) == 0)
            fprintf(stream, ", %d", config->workers);
        else
            fprintf(stream, "; %s on %d", label, config->workers);
        snprintf(before, sizeof before, "%s", label);
    }
    fprintf(stream, "\n");
}

static void fill(const struct dry_run *dry_run, double image_s, struct plan_section *section)
{
    const struct bench_options *options = dry_run->options;
    bool waits = filter_find(options->config.filter)->waiting != NULL;
    double cores = dry_run->topology->cores;
    if (dry_run->topology->quota > 0)
        cores = fmin(cores, dry_run->topology->quota);
    for (size_t i = 0; i < section->count; i++)
        section->configs[i] = (struct plan_config){
            .tasks_s = plan_run_s(image_s * section->images, 0, section->images,
                                  dry_run->configs[i].workers, cores, waits),
            .overhead_s = OVERHEAD_S,
            .keep = i == 0};
}

int bench_dry_run(const struct dry_run *dry_run, FILE *stream, struct error *error)
{
    const struct bench_options *options = dry_run->options;
    int images = options->file_count > 0 ? options->file_count : (int)options->images;
    int rounds = options->rounds ? (int)options->rounds : ROUNDS_AT_MOST;
    char text[PLAN_TEXT];
    double image_s;
    struct plan_section section = {.name = dry_run->title,
                                   .count = (size_t)dry_run->config_count,
                                   .fixed_s = FIXED_S + bet_budget_s(options->budget_s),
                                   .images = images,
                                   .images_at_least =
                                       images < IMAGES_AT_LEAST ? images : IMAGES_AT_LEAST};
    if (time_image(options, &image_s, error) != 0)
        return -1;
    section.configs = calloc(section.count, sizeof *section.configs);
    if (!section.configs)
        return error_set(error, "--dry-run", "no memory");
    fill(dry_run, image_s, &section);
    plan_make(&section, 1, options->budget_s, rounds);
    plan_text(&section, images, text);
    fprintf(stream, "%s: %s\n", dry_run->title, text);
    print_configs(dry_run, &section, stream);
    free(section.configs);
    return 0;
}

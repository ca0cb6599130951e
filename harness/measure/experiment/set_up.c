/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/measure/experiment/state.h"
#include "harness/measure/forecast/plan.h"
#include "harness/measure/run/workload_check.h"

int state_runs(const struct state *state)
{
    return state->plan->config_count + state->again_count;
}

int state_config_of(const struct state *state, int index)
{
    int count = state->plan->config_count;
    return index < count ? index : state->again[index - count];
}

const struct config *state_config(const struct state *state, int index)
{
    return &state->plan->configs[state_config_of(state, index)];
}

bool state_is_out(const struct state *state, int index)
{
    int config = state_config_of(state, index);
    return state->cut[index] || state->cut[config] || state->samples[index].status != RUN_OK ||
           state->samples[config].status != RUN_OK;
}

static int fill_inputs(struct state *state, struct error *error)
{
    const struct experiment *plan = state->plan;
    size_t count = (size_t)plan->image_count;
    size_t *shapes = calloc(2 * count, sizeof *shapes);
    if (!shapes)
        return error_set(error, "images", "no memory");
    for (size_t i = 0; i < count; i++) {
        shapes[i] = plan->images[i].ny;
        shapes[count + i] = plan->images[i].nx;
    }
    const struct workload_contents contents = {
        .io = plan->configs[0].io,
        .workers = config_most_workers(plan->configs, plan->config_count),
        .frames = plan->image_count,
        .ny = shapes,
        .nx = shapes + count,
        .bands = plan->configs[0].bands,
        .files = plan->configs[0].io == IO_FILES ? plan->files : NULL,
        .command = plan->command,
        .result_directory = state->scratch.directory,
        .hosts = plan->hosts};
    int failed = workload_create(&state->workload, state->filter, &contents, error);
    free(shapes);
    if (failed)
        return -1;
    for (int i = 0; i < plan->image_count && contents.io == IO_MEMORY; i++)
        memcpy(workload_input(&state->workload, i).pixels, plan->images[i].pixels,
               image_bytes(plan->images[i].ny, plan->images[i].nx));
    return 0;
}

/* A filter that waits has no images, and a command none that we know of. */
static int show_first_image(const struct state *state, struct error *error)
{
    const struct observer *observer = state->observer;
    const struct image *input = &state->plan->images[0];
    struct image output = workload_output(&state->workload, 0), read = {0};
    if (!observer->first_image)
        return 0;
    if (state->filter->waiting || state->plan->command)
        return observer->first_image(observer->context, NULL, NULL, error);
    if (!output.pixels) {
        if (scratch_read_reference(&state->scratch, &state->workload, 0, &read, error) != 0)
            return -1;
        output = read;
    }
    int failed = observer->first_image(observer->context, input, &output, error);
    image_destroy(&read);
    return failed;
}

/* What the first run left is what all others are to leave: in memory, in our files, in the user's. */
static int keep_reference(struct state *state, struct error *error)
{
    const struct experiment *plan = state->plan;
    if (plan->command)
        return plan->results ? result_files_keep_reference(plan->results, error) : 0;
    if (plan->configs[0].io == IO_FILES)
        return scratch_keep_reference(&state->scratch, &state->workload, error);
    return workload_keep_reference(&state->workload, &state->reference, error);
}

static int make_reference(struct state *state, struct error *error)
{
    struct run_result result;
    const struct experiment *plan = state->plan;
    double limit_s = plan->limit_s > 0 ? plan->limit_s : 3600; /* nobody knows yet what it takes */
    snprintf(state->label, sizeof state->label, "%s%sfirst run", plan->where ? plan->where : "",
             plan->where ? ", " : "");
    state->progress = progress_start(state->label, 1);
    int failed = run_once(state, &plan->configs[0], limit_s, NULL, &result, error);
    progress_finish(&state->progress);
    if (failed)
        return -1;
    if (result.status != RUN_OK) {
        *error = result.error;
        return -1;
    }
    state->alone_s = result.figures.wall_s;
    if (keep_reference(state, error) != 0)
        return -1;
    return show_first_image(state, error);
}

static int add_samples(struct state *state, int index, struct error *error)
{
    state->order[index] = index;
    workload_prepare(&state->workload, state->filter, state_config(state, index));
    return samples_create(&state->samples[index], &state->workload, state->plan->machine,
                          state->rounds_possible, error);
}

/* Adds the second runs, which the noise is told from; with too few rounds it cannot be told, and
 * there are none. */
static int measure_twice(struct state *state, struct error *error)
{
    const struct experiment *plan = state->plan;
    int other = config_measured_twice(plan->configs, plan->config_count);
    if (plan->rounds > 0 && plan->rounds < SAMPLES_FOR_INTERVAL)
        return 0;
    state->again[state->again_count++] = 0;
    if (other > 0)
        state->again[state->again_count++] = other;
    for (int i = plan->config_count; i < state_runs(state); i++)
        if (add_samples(state, i, error) != 0)
            return -1;
    return 0;
}

int state_set_up(struct state *state, struct error *error)
{
    const struct experiment *plan = state->plan;
    size_t count = (size_t)plan->config_count + AGAIN_AT_MOST;
    state->filter = filter_find(plan->configs[0].filter);
    state->rounds_at_most = plan->rounds           ? plan->rounds
                            : plan->rounds_at_most ? plan->rounds_at_most
                                                   : PLAN_ROUNDS_AT_MOST;
    state->rounds_possible = plan->rounds || plan->rounds_at_most > PLAN_ROUNDS_AT_MOST
                                 ? state->rounds_at_most
                                 : PLAN_ROUNDS_AT_MOST;
    if (plan->configs[0].io == IO_FILES && !plan->command &&
        scratch_create(&state->scratch, plan->directory, plan->image_count, plan->files, error) !=
            0)
        return -1;
    if (fill_inputs(state, error) != 0)
        return -1;
    state->samples = calloc(count, sizeof *state->samples);
    state->order = calloc(count, sizeof *state->order);
    state->repeated = calloc(count, sizeof *state->repeated);
    state->took_s = calloc(count, sizeof *state->took_s);
    state->cut = calloc(count, sizeof *state->cut);
    state->rng = gsl_rng_alloc(gsl_rng_mt19937);
    if (!state->samples || !state->order || !state->repeated || !state->took_s || !state->cut ||
        !state->rng)
        return error_set(error, "experiment", "no memory");
    gsl_rng_set(state->rng, state->seed);
    for (int i = 0; i < plan->config_count; i++)
        if (add_samples(state, i, error) != 0)
            return -1;
    return measure_twice(state, error) == 0 ? make_reference(state, error) : -1;
}

void state_tear_down(struct state *state)
{
    for (int i = 0; state->samples && i < state_runs(state); i++)
        samples_destroy(&state->samples[i]);
    free(state->samples);
    free(state->order);
    free(state->repeated);
    free(state->took_s);
    free(state->cut);
    gsl_rng_free(state->rng);
    shared_destroy(&state->reference);
    scratch_destroy(&state->scratch);
    workload_destroy(&state->workload);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/experiment.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "harness/base/clock.h"
#include "harness/base/progress.h"
#include "harness/measure/blas_in_effect.h"
#include "harness/measure/outlook.h"
#include "harness/measure/run/launch.h"
#include "harness/measure/run/scratch.h"
#include "harness/measure/run/workload.h"
#include "harness/measure/run/workload_check.h"
#include "harness/measure/samples.h"
#include "harness/measure/summarise.h"

enum { ROUNDS_AT_MOST = 25, LOST_ROUNDS_AT_MOST = 3 };

/* Everything that an experiment holds while it runs. */
struct state {
    const struct experiment *plan;
    const struct observer *observer;
    struct warnings *warnings;
    const struct filter *filter;
    struct workload workload;
    struct shared reference;
    struct scratch scratch;  /* for `--io files` */
    struct samples *samples; /* config_count of them, and one more of the serial one */
    bool *repeated;          /* each: it was given its second chance */
    int *order;              /* of all these in a round */
    gsl_rng *rng;
    unsigned long seed; /* that it began with */
    double limit_s;
    int rounds_at_most, rounds_done, rounds_lost;
    double elapsed_s;         /* that these took */
    struct progress progress; /* of the round under way */
    char label[80];           /* its name */
};

/* Runs of a round: the serial one again, unless there are too few rounds to tell noise. */
static int run_count(const struct state *state)
{
    bool few = state->plan->rounds > 0 && state->plan->rounds < SAMPLES_FOR_INTERVAL;
    return state->plan->config_count + !few;
}

/* The last one is the serial one again, for comparing it with itself. */
static const struct config *config_of(const struct state *state, int index)
{
    return &state->plan->configs[index < state->plan->config_count ? index : 0];
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
        .workers = config_most_workers(plan->configs, plan->config_count),
        .frames = plan->image_count,
        .ny = shapes,
        .nx = shapes + count,
        .bands = plan->configs[0].bands,
        .files = plan->command ? plan->files : state->scratch.files,
        .command = plan->command,
        .result_directory = state->scratch.directory,
        .hosts = plan->hosts};
    int failed = workload_create(&state->workload, state->filter, &contents, error);
    free(shapes);
    if (failed)
        return -1;
    for (int i = 0; i < plan->image_count; i++)
        memcpy(workload_input(&state->workload, i).pixels, plan->images[i].pixels,
               image_bytes(plan->images[i].ny, plan->images[i].nx));
    return 0;
}

/* Says on standard error what is wrong with a run, whose status is `status`. */
static void report_failure(struct state *state, const struct config *config, const char *status,
                           const char *why)
{
    size_t length = strlen(config->strategy);
    if (strncmp(why, config->strategy, length) == 0 && strncmp(why + length, ": ", 2) == 0)
        why += length + 2;             /* named already */
    progress_finish(&state->progress); /* it would be in the way */
    fprintf(stderr, "speedup: %s with %d worker%s: %s: %s\n", config->strategy, config->workers,
            config->workers == 1 ? "" : "s", status, why);
}

/* While its other tasks go on. */
static void announce_failure(void *context, const struct error *why)
{
    struct state *state = context;
    report_failure(state, &state->workload.header->config, "has failed and goes on", why->text);
}

/* One run from preparation to the results in memory; what it was to write is missing before. It is
 * watched where there is a sampler. */
static int run_once(struct state *state, const struct config *config, double limit_s,
                    struct sampler *sampler, struct run_result *result, struct error *error)
{
    workload_prepare(&state->workload, state->filter, config);
    scratch_clear(&state->scratch, &state->workload);
    if (state->plan->results && result_files_clear(state->plan->results, error) != 0)
        return -1;
    if (sampler)
        workload_hand_over(&state->workload);
    const struct launch_notice notice = {.failed = announce_failure, .context = state};
    if (launch_run(&state->workload, limit_s, sampler, &notice, result, error) != 0)
        return -1;
    if (result->status == RUN_OK &&
        scratch_collect(&state->scratch, &state->workload, &result->error) != 0)
        result->status = RUN_WRONG;
    return 0;
}

/* A filter that waits has no images, and a command none that we know of. */
static int show_first_image(const struct state *state, struct error *error)
{
    const struct observer *observer = state->observer;
    struct image input = workload_input(&state->workload, 0);
    struct image output = workload_output(&state->workload, 0);
    if (!observer->first_image)
        return 0;
    if (state->filter->waiting || state->plan->command)
        return observer->first_image(observer->context, NULL, NULL, error);
    return observer->first_image(observer->context, &input, &output, error);
}

static int make_reference(struct state *state, struct error *error)
{
    struct run_result result;
    const struct experiment *plan = state->plan;
    double limit_s = plan->limit_s > 0 ? plan->limit_s : 3600;
    if (run_once(state, &plan->configs[0], limit_s, NULL, &result, error) != 0)
        return -1;
    if (result.status != RUN_OK) {
        *error = result.error;
        return -1;
    }
    state->limit_s = plan->limit_s > 0 ? plan->limit_s : 10 + 10 * result.figures.wall_s;
    if (plan->results && result_files_keep_reference(plan->results, error) != 0)
        return -1;
    if (show_first_image(state, error) != 0)
        return -1;
    return workload_keep_reference(&state->workload, &state->reference, error);
}

static int set_up(struct state *state, struct error *error)
{
    const struct experiment *plan = state->plan;
    size_t count = (size_t)run_count(state);
    state->filter = filter_find(plan->configs[0].filter);
    state->rounds_at_most = plan->rounds ? plan->rounds : ROUNDS_AT_MOST;
    if (plan->configs[0].io == IO_FILES && !plan->command &&
        scratch_create(&state->scratch, plan->directory, plan->image_count, plan->images,
                       plan->files, error) != 0)
        return -1;
    if (fill_inputs(state, error) != 0)
        return -1;
    state->samples = calloc(count, sizeof *state->samples);
    state->order = calloc(count, sizeof *state->order);
    state->repeated = calloc(count, sizeof *state->repeated);
    state->rng = gsl_rng_alloc(gsl_rng_mt19937);
    if (!state->samples || !state->order || !state->repeated || !state->rng)
        return error_set(error, "experiment", "no memory");
    gsl_rng_set(state->rng, state->seed);
    for (int i = 0; i < run_count(state); i++) {
        state->order[i] = i;
        workload_prepare(&state->workload, state->filter, config_of(state, i));
        if (samples_create(&state->samples[i], &state->workload, state->rounds_at_most, error) != 0)
            return -1;
    }
    return make_reference(state, error);
}

static void tear_down(struct state *state)
{
    for (int i = 0; state->samples && i < run_count(state); i++)
        samples_destroy(&state->samples[i]);
    free(state->samples);
    free(state->order);
    free(state->repeated);
    gsl_rng_free(state->rng);
    shared_destroy(&state->reference);
    scratch_destroy(&state->scratch);
    workload_destroy(&state->workload);
}

/* Whether every task was run once and what came out is what the reference has. */
static int check_results(const struct state *state, struct error *error)
{
    const struct experiment *plan = state->plan;
    if (workload_check(&state->workload, state->filter, &state->reference, error) != 0)
        return -1;
    if (!plan->results)
        return 0;
    return result_files_check(plan->results, plan->compare, plan->compare_context, error);
}

/* One run, checked and, where it is not right, reported. -1 only when nothing can go on. */
static int run_checked(struct state *state, int index, struct sampler *sampler,
                       struct run_result *result, struct error *error)
{
    const struct config *config = config_of(state, index);
    if (run_once(state, config, state->limit_s, sampler, result, error) != 0)
        return -1;
    if (result->status == RUN_OK && check_results(state, &result->error) != 0)
        result->status = RUN_WRONG;
    if (result->status != RUN_OK)
        report_failure(state, config, status_names[result->status], result->error.text);
    return 0;
}

/* Tells the observer of a run; those of the second serial one are not of the result. */
static int tell(struct state *state, int index, const struct run_result *result,
                struct error *error)
{
    if (!state->observer->run || index == state->plan->config_count)
        return 0;
    struct run_record run = samples_record(&state->samples[index], state->rounds_done + 1, result);
    return state->observer->run(state->observer->context, &run, error);
}

/* Keeps what is known of a run, and tells the observer. */
static int note(struct state *state, int index, const struct run_result *result,
                struct error *error)
{
    struct samples *samples = &state->samples[index];
    if (samples_add(samples, &state->workload, result, error) != 0)
        return -1;
    if (result->status == RUN_OK && state->filter->uses_blas)
        blas_in_effect_check(&samples->setup.config, &result->figures, state->warnings);
    return tell(state, index, result, error);
}

/* Measures one configuration once; again where it failed for the first time. */
static int measure(struct state *state, int index, struct error *error)
{
    struct run_result result;
    if (run_checked(state, index, NULL, &result, error) != 0)
        return -1;
    bool failed = result.status == RUN_FAILED || result.status == RUN_CRASHED;
    if (failed && !state->repeated[index] && !launch_interrupted()) {
        state->repeated[index] = true;
        if (tell(state, index, &result, error) != 0 ||
            run_checked(state, index, NULL, &result, error) != 0)
            return -1;
        if (result.status == RUN_OK)
            warnings_add(state->warnings, "%s on %d failed once, and was right when repeated",
                         config_of(state, index)->strategy, config_of(state, index)->workers);
    }
    return note(state, index, &result, error);
}

/* The round counts, unless the serial one was lost in it: then all forget it. */
static int end_round(struct state *state, struct error *error)
{
    struct samples *serial = &state->samples[0];
    bool lost = serial->status != RUN_OK && serial->status != RUN_WRONG;
    if (lost && state->rounds_lost < LOST_ROUNDS_AT_MOST) {
        state->rounds_lost++;
        serial->status = RUN_OK;
        for (int i = 0; i < run_count(state); i++)
            samples_forget(&state->samples[i], state->rounds_done);
        warnings_add(state->warnings, "rounds lost, for the serial run failed: %d",
                     state->rounds_lost);
        return 0;
    }
    state->rounds_done++;
    if (!state->observer->round)
        return 0;
    return state->observer->round(state->observer->context, state->rounds_done, error);
}

static int do_round(struct state *state, struct error *error)
{
    const struct experiment *plan = state->plan;
    size_t count = (size_t)run_count(state);
    char text[80];
    int failed = 0;

    outlook_text(&(struct outlook){.where = plan->where,
                                   .rounds_done = state->rounds_done,
                                   .rounds_at_most = state->rounds_at_most,
                                   .elapsed_s = state->elapsed_s,
                                   .budget_s = plan->budget_s,
                                   .later_s = plan->later_s},
                 state->label, sizeof state->label);
    state->progress = progress_start(state->label, count);
    gsl_ran_shuffle(state->rng, state->order, count, sizeof *state->order);
    for (size_t i = 0; i < count && !failed; i++) {
        int index = state->order[i];
        const struct config *config = config_of(state, index);
        snprintf(text, sizeof text, "%s on %d", config->strategy, config->workers);
        progress_set(&state->progress, i, text);
        if (state->samples[index].status == RUN_OK)
            failed = measure(state, index, error);
    }
    progress_finish(&state->progress);
    return failed ? -1 : end_round(state, error);
}

static int do_rounds(struct state *state, struct error *error)
{
    double began = clock_seconds(), next_s;
    do {
        if (do_round(state, error) != 0)
            return -1;
        state->elapsed_s = clock_seconds() - began;
        next_s = state->elapsed_s / (state->rounds_done + state->rounds_lost);
        /* There is to be time for one more round, and for the one that is watched. */
    } while (state->rounds_done < state->rounds_at_most &&
             state->elapsed_s + 2 * next_s <=
                 state->plan->budget_s * (state->rounds_done < SAMPLES_FOR_INTERVAL ? 1.5 : 1));
    return 0;
}

/* One more run of a configuration, watched and not timed. What is found of the memory of all its
 * processes together replaces what getrusage() knows of the largest, unless shared pages could not
 * be told from others. Between two looks memory may rise and fall, so we believe getrusage() where
 * it knows of more. */
static int watch(struct state *state, int index, struct error *error)
{
    const struct observer *observer = state->observer;
    struct run_result result;
    struct sampler sampler = {0};
    int failed = run_checked(state, index, &sampler, &result, error);
    if (!failed && result.status != RUN_OK) {
        failed = note(state, index, &result, error);
    } else if (!failed) {
        long peak_kib = sampler_peak(&sampler).memory_kib, largest = result.figures.max_rss_kib;
        if (!sampler.shared_twice)
            state->samples[index].peak_memory_kib = peak_kib > largest ? peak_kib : largest;
        if (observer->watched)
            failed =
                observer->watched(observer->context, &state->plan->configs[index], &sampler, error);
    }
    sampler_destroy(&sampler);
    return failed;
}

/* The last round: every configuration that is all right, watched. */
static int watch_all(struct state *state, struct error *error)
{
    int count = state->plan->config_count, failed = 0;
    if (!processes_available())
        return 0;
    state->progress = progress_start("watching", (size_t)count);
    for (int i = 0; i < count && !failed; i++) {
        progress_set(&state->progress, (size_t)i, state->plan->configs[i].strategy);
        if (state->samples[i].status == RUN_OK)
            failed = watch(state, i, error);
    }
    progress_finish(&state->progress);
    return failed;
}

int experiment_run(const struct experiment *experiment, const struct observer *observer,
                   struct result_set *set, struct error *error)
{
    struct warnings *warnings = &set->machine.warnings;
    struct state state = {.plan = experiment,
                          .observer = observer,
                          .warnings = warnings,
                          .seed = (unsigned long)(clock_seconds() * 1e6) & 0xffffffff};
    int failed = set_up(&state, error);
    snprintf(set->machine.order, sizeof set->machine.order,
             "shuffled for each round by gsl_ran_shuffle(), mt19937 with seed %lu", state.seed);
    if (!failed)
        failed = do_rounds(&state, error) != 0 ||
                 (!experiment->unwatched && watch_all(&state, error) != 0);
    if (failed && launch_interrupted() && state.rounds_done > 0) {
        failed = 0;
        warnings_add(warnings, "interrupted after %d whole rounds; the results are of these",
                     state.rounds_done);
    } else if (failed && launch_interrupted()) {
        error_set(error, "interrupted", "before a round was done; see runs.csv");
    }
    if (!failed && state.rounds_done > 0 && state.rounds_done < SAMPLES_FOR_INTERVAL)
        warnings_add(warnings,
                     "%d round%s: too few for a confidence interval; raise --rounds or --budget",
                     state.rounds_done, state.rounds_done == 1 ? "" : "s");
    if (!failed)
        failed = summarise(state.samples, experiment->config_count, run_count(&state),
                           state.rounds_done, set, error);
    tear_down(&state);
    return failed ? -1 : 0;
}

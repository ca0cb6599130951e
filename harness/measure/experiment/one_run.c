/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "harness/measure/blas_in_effect.h"
#include "harness/measure/experiment/state.h"
#include "harness/measure/outlook.h"
#include "harness/measure/run/launch.h"
#include "harness/measure/run/workload_check.h"

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

/* Says that a run has failed while its other tasks go on. */
static void announce_failure(void *context, const struct error *why)
{
    struct state *state = context;
    report_failure(state, &state->workload.header->config, "has failed and goes on", why->text);
}

/* Shows how far a long run is, and when it will end. */
static void show_how_far(void *context, int done, int tasks, double elapsed_s)
{
    struct state *state = context;
    const struct config *config = &state->workload.header->config;
    char text[80];
    if (outlook_run_text(config->strategy, config->workers, done, tasks, elapsed_s, text,
                         sizeof text))
        progress_set(&state->progress, state->position, text);
}

/* The results could not be looked at, or were not right; `number` is what errno is since. What we lacked
 * ourselves says nothing about the run: then -1 with *error set. */
static int call_wrong(struct run_result *result, int number, struct error *error)
{
    static const int ours[] = {ENOMEM, EMFILE, ENFILE, EAGAIN, EIO, EBADF};
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
        if (number == ours[i]) {
            *error = result->error;
            return -1;
        }
    result->status = RUN_WRONG;
    return 0;
}

int run_once(struct state *state, const struct config *config, double limit_s,
             struct sampler *sampler, struct run_result *result, struct error *error)
{
    workload_prepare(&state->workload, state->filter, config);
    if (scratch_clear(&state->scratch, &state->workload, error) != 0 ||
        (state->plan->results && result_files_clear(state->plan->results, error) != 0))
        return -1;
    if (sampler)
        workload_hand_over(&state->workload);
    const struct launch_notice notice = {.failed = announce_failure,
                                         .goes_on = state->progress.visible ? show_how_far : NULL,
                                         .context = state};
    return launch_run(&state->workload, limit_s, sampler, &notice, result, error);
}

/* Whether every task was run once and what came out is what the reference has. */
static int check_results(const struct state *state, struct error *error)
{
    const struct experiment *plan = state->plan;
    if (workload_check_tasks(&state->workload, error) != 0)
        return -1;
    if (plan->results)
        return result_files_check(plan->results, plan->compare, plan->compare_context, error);
    if (plan->command)
        return 0;
    return plan->configs[0].io == IO_FILES
               ? scratch_check(&state->scratch, &state->workload, state->filter, error)
               : workload_check_outputs(&state->workload, state->filter, &state->reference, error);
}

double run_limit_s(double asked_s, double alone_s, int workers)
{
    const double LEAST_S = 10, TIMES = 10, EACH_S = 0.25;
    return asked_s > 0 ? asked_s : LEAST_S + TIMES * alone_s + EACH_S * workers;
}

int run_checked(struct state *state, int index, struct sampler *sampler, struct run_result *result,
                struct error *error)
{
    const struct config *config = state_config(state, index);
    double limit_s = run_limit_s(state->plan->limit_s, state->alone_s, config->workers);
    if (run_once(state, config, limit_s, sampler, result, error) != 0)
        return -1;
    errno = 0;
    if (result->status == RUN_OK && check_results(state, &result->error) != 0) {
        int problem = errno;
        if (launch_interrupted()) /* not all of them were looked at */
            return error_set(error, "interrupted", "while results were checked");
        if (call_wrong(result, problem, error) != 0)
            return -1;
    }
    if (result->status != RUN_OK)
        report_failure(state, config, status_names[result->status], result->error.text);
    return 0;
}

/* Tells the observer of a run; second runs are not of the result. */
static int tell(struct state *state, int index, const struct run_result *result,
                struct error *error)
{
    if (!state->observer->run || index >= state->plan->config_count)
        return 0;
    struct run_record run = samples_record(&state->samples[index], state->rounds_done + 1, result);
    return state->observer->run(state->observer->context, &run, error);
}

int run_note(struct state *state, int index, const struct run_result *result, struct error *error)
{
    struct samples *samples = &state->samples[index];
    if (samples_add(samples, &state->workload, result, error) != 0)
        return -1;
    if (result->status == RUN_OK && state->filter->uses_blas)
        blas_in_effect_check(&samples->setup.config, &result->figures, state->warnings);
    return tell(state, index, result, error);
}

int run_measure(struct state *state, int index, struct error *error)
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
                         state_config(state, index)->strategy, state_config(state, index)->workers);
    }
    return run_note(state, index, &result, error);
}

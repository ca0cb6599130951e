/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_randist.h>
#include <stdio.h>

#include "harness/base/clock.h"
#include "harness/measure/experiment/state.h"
#include "harness/measure/judge/evidence.h"
#include "harness/measure/outlook.h"

enum { LOST_ROUNDS_AT_MOST = 3 };

static int show_so_far(const struct state *state, struct error *error)
{
    const struct observer *observer = state->observer;
    struct result_set set = {.count = 0};
    if (!observer->so_far)
        return 0;
    if (state_sum_up(state, false, &set, error) != 0)
        return -1;
    int failed = observer->so_far(observer->context, &set, error);
    result_set_destroy(&set);
    return failed;
}

static struct outlook outlook_of(const struct state *state)
{
    const struct experiment *plan = state->plan;
    return (struct outlook){.where = plan->where,
                            .rounds_done = state->rounds_done,
                            .rounds_at_most = state->rounds_at_most,
                            .elapsed_s = state->elapsed_s,
                            .budget_s = plan->budget_s - state->first_s,
                            .later_s = plan->later_s,
                            .rounds_good = state->rounds_good,
                            .rounds_quiet = state->rounds_quiet,
                            .rounds_lost = state->rounds_lost,
                            .rounds_possible = state->rounds_possible};
}

static void forget_round(struct state *state)
{
    state->rounds_lost++;
    for (int i = 0; i < state_runs(state); i++)
        samples_forget(&state->samples[i], state->rounds_done);
}

/* How good those were that are done: whether there is to be one more depends on it. */
static int look_back(struct state *state, struct error *error)
{
    const struct experiment *plan = state->plan;
    if (evidence_good_rounds(state->samples, plan->config_count, state->rounds_done, plan->usable,
                             &state->rounds_good, &state->last_good) != 0)
        return error_set(error, "experiment", "no memory");
    return 0;
}

/* The round that was just done. */
static bool was_quiet(const struct state *state)
{
    const struct observer *observer = state->observer;
    return state->last_good && !(observer->disturbed && observer->disturbed(observer->context));
}

/* Asked for a number of rounds, we do these, whatever they are like. */
static bool can_repeat(const struct state *state)
{
    const struct outlook outlook = outlook_of(state);
    return state->plan->rounds == 0 && outlook_can_repeat(&outlook);
}

static void repeat(struct state *state)
{
    const struct observer *observer = state->observer;
    state->rounds_done--;
    state->rounds_repeated++;
    forget_round(state);
    if (observer->left_out)
        observer->left_out(observer->context);
}

/* The round counts, unless the serial one was lost in it, or something disturbed it and there is time for
 * another: then all forget it. */
static int end_round(struct state *state, struct error *error)
{
    struct samples *serial = &state->samples[0];
    const struct observer *observer = state->observer;
    bool lost = serial->status != RUN_OK && serial->status != RUN_WRONG;
    if (lost && state->rounds_lost - state->rounds_repeated < LOST_ROUNDS_AT_MOST) {
        serial->status = RUN_OK;
        forget_round(state);
        warnings_add(state->warnings, "rounds lost, for the serial run failed: %d",
                     state->rounds_lost - state->rounds_repeated);
        return 0;
    }
    state->rounds_done++;
    state->elapsed_s = clock_seconds() - state->began_s;
    if ((observer->round && observer->round(observer->context, state->rounds_done, error) != 0) ||
        look_back(state, error) != 0)
        return -1;
    bool quiet = was_quiet(state);
    if (!quiet && can_repeat(state)) {
        repeat(state);
        return 0;
    }
    state->rounds_quiet += quiet;
    return state_keep(state, error) == 0 ? show_so_far(state, error) : -1;
}

static int do_round(struct state *state, struct error *error)
{
    const struct outlook outlook = outlook_of(state);
    size_t count = (size_t)state_runs(state);
    char text[80];
    int failed = 0;

    outlook_text(&outlook, state->label, sizeof state->label);
    state->progress = progress_start(state->label, count);
    gsl_ran_shuffle(state->rng, state->order, count, sizeof *state->order);
    for (size_t i = 0; i < count && !failed; i++) {
        int index = state->order[i];
        const struct config *config = state_config(state, index);
        snprintf(text, sizeof text, "%s on %d", config->strategy, config->workers);
        state->position = i;
        progress_set(&state->progress, i, text);
        double began_s = clock_seconds();
        if (!state_is_out(state, index))
            failed = run_measure(state, index, error);
        if (state->rounds_done == 0)
            state->took_s[index] = clock_seconds() - began_s;
    }
    progress_finish(&state->progress);
    return failed ? -1 : end_round(state, error);
}

int rounds_do(struct state *state, struct error *error)
{
    double now_s = clock_seconds();
    state->first_s = now_s - state->born_s;
    state->began_s = now_s - state->elapsed_s; /* as if nothing had come in between */
    if (look_back(state, error) != 0)
        return -1;
    state->rounds_quiet = state->rounds_good; /* of those resumed no more is known */
    for (;;) {
        if (look_back(state, error) != 0)
            return -1;
        struct outlook outlook = outlook_of(state);
        if (!outlook_goes_on(&outlook))
            return 0;
        if (do_round(state, error) != 0)
            return -1;
        if (state->rounds_done == 1)
            rounds_fit(state);
        state->elapsed_s = clock_seconds() - state->began_s;
    }
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
        failed = run_note(state, index, &result, error);
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

int rounds_watch(struct state *state, struct error *error)
{
    int count = state->plan->config_count, failed = 0;
    if (!processes_available())
        return 0;
    state->progress = progress_start("watching", (size_t)count);
    for (int i = 0; i < count && !failed; i++) {
        state->position = (size_t)i;
        progress_set(&state->progress, (size_t)i, state->plan->configs[i].strategy);
        if (!state_is_out(state, i))
            failed = watch(state, i, error);
    }
    progress_finish(&state->progress);
    return failed;
}

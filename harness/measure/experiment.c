/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/experiment.h"

#include <stdio.h>

#include "harness/base/clock.h"
#include "harness/measure/experiment/state.h"
#include "harness/measure/run/launch.h"

/* In one of several experiments the warning is kept and not printed: the verdict at the end of all
 * says it. */
static void warn_of_few(const struct state *state)
{
    if (state->rounds_done == 0 || state->rounds_done >= SAMPLES_FOR_INTERVAL)
        return;
    state->warnings->silent = state->plan->where != NULL;
    warnings_add(state->warnings,
                 "%d round%s: too few for a confidence interval; raise --rounds or --budget",
                 state->rounds_done, state->rounds_done == 1 ? "" : "s");
    state->warnings->silent = false;
}

static void warn_of_repeated(const struct state *state)
{
    int rounds = state->rounds_repeated;
    if (rounds == 0)
        return;
    state->warnings->silent = state->plan->where != NULL;
    warnings_add(
        state->warnings,
        "%d round%s, which others disturbed, %s measured again and left out: the results are of "
        "the %d that remain",
        rounds, rounds == 1 ? "" : "s", rounds == 1 ? "was" : "were", state->rounds_done);
    state->warnings->silent = false;
}

int experiment_run(const struct experiment *experiment, const struct observer *observer,
                   struct result_set *set, struct error *error)
{
    struct warnings *warnings = &set->machine.warnings;
    struct state state = {.plan = experiment,
                          .observer = observer,
                          .warnings = warnings,
                          .born_s = clock_seconds(),
                          .seed = (unsigned long)(clock_seconds() * 1e6) & 0xffffffff};
    int failed = state_set_up(&state, error);
    if (!failed)
        failed = state_restore(&state, set->machine.order, error);
    if (!failed)
        failed = rounds_do(&state, error) != 0 ||
                 (!experiment->unwatched && rounds_watch(&state, error) != 0);
    if (failed && launch_interrupted() && state.rounds_done > 0) {
        failed = 0;
        warnings_add(warnings, "interrupted after %d whole rounds; the results are of these",
                     state.rounds_done);
    } else if (failed && launch_interrupted()) {
        error_set(error, "interrupted", "before a round was done; see runs.csv");
    }
    if (!failed && !experiment->is_trial) {
        warn_of_repeated(&state);
        warn_of_few(&state);
    }
    if (!failed)
        failed = state_sum_up(&state, true, set, error);
    state_tear_down(&state);
    return failed ? -1 : 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/text/append.h"
#include "harness/measure/experiment/state.h"

/* One round is no sure forecast of the next. */
static const double SLACK = 1.2;

/* The longest of those that may go; -1 where there is none to spare: one beside the serial one stays. */
static int find_longest(const struct state *state)
{
    const struct experiment *plan = state->plan;
    int longest = -1, left = 0;
    for (int i = 1; i < plan->config_count; i++) {
        if (state_is_out(state, i))
            continue;
        left++;
        if (plan->keep && !plan->keep[i] &&
            (longest < 0 || state->took_s[i] > state->took_s[longest]))
            longest = i;
    }
    return left > 1 ? longest : -1;
}

static double round_s(const struct state *state)
{
    double sum = 0;
    for (int i = 0; i < state_runs(state); i++)
        sum += state_is_out(state, i) ? 0 : state->took_s[i];
    return sum;
}

static void say(const struct state *state, const int *cut, int count)
{
    char names[160] = "", label[2 * NAME_MAX_LENGTH];
    for (int i = 0; i < count; i++) {
        const struct config *config = state_config(state, cut[i]);
        config_label(config->strategy, config->lock, config->blas_threads, label, sizeof label);
        text_append(names, sizeof names, "%s%s on %d", i ? ", " : "", label, config->workers);
    }
    /* In one of several experiments only their number is printed; the names are kept. */
    state->warnings->silent = state->plan->where != NULL;
    warnings_add(state->warnings, "for lack of time left out after one round: %s", names);
    state->warnings->silent = false;
    if (state->plan->where)
        warnings_add(state->warnings, "for lack of time left out after one round: %d of %d", count,
                     state->plan->config_count);
}

void rounds_fit(struct state *state)
{
    enum { CUTS_AT_MOST = 64 };
    int cut[CUTS_AT_MOST], count = 0, wanted = SAMPLES_FOR_INTERVAL, longest;
    const double left_s = state->plan->budget_s - state->first_s - round_s(state);
    if (state->rounds_at_most < wanted)
        wanted = state->rounds_at_most;
    /* What is still to come: the other rounds, and the one that is watched. */
    while (count < CUTS_AT_MOST && wanted * round_s(state) > SLACK * left_s &&
           (longest = find_longest(state)) > 0) {
        state->cut[longest] = true;
        cut[count++] = longest;
    }
    if (count > 0)
        say(state, cut, count);
}

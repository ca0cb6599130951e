/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "harness/base/clock.h"
#include "harness/measure/experiment/state.h"

static struct checkpoint_round round_of(const struct state *state)
{
    return (struct checkpoint_round){.samples = state->samples,
                                     .repeated = state->repeated,
                                     .count = state_runs(state),
                                     .done = state->rounds_done,
                                     .lost = state->rounds_lost,
                                     .elapsed_s = state->elapsed_s,
                                     .warnings = state->warnings};
}

/* "90 s", "12 minutes", "3 hours": as exactly as anybody wants to know. */
static void age_text(double age_s, char *text, size_t size)
{
    static const struct {
        double below_s, unit_s;
        const char *name;
    } units[] = {
        {120, 1, "s"}, {7200, 60, "minutes"}, {172800, 3600, "hours"}, {1e300, 86400, "days"}};
    size_t i = 0;
    while (age_s >= units[i].below_s)
        i++;
    snprintf(text, size, "%.0f %s", age_s > 0 ? age_s / units[i].unit_s : 0, units[i].name);
}

static void warn(const struct state *state)
{
    const struct checkpoint *checkpoint = state->plan->checkpoint;
    char age[40];
    age_text(checkpoint->age_s, age, sizeof age);
    warnings_add(state->warnings,
                 "resumed after %d whole round%s, the last of which had been measured %s before; "
                 "the results are of all rounds",
                 state->rounds_done, state->rounds_done == 1 ? "" : "s", age);
}

/* Every text has room for the seed; what does not fit of many resumptions is cut. */
static void tell_order(const struct state *state, const char *before,
                       char order[MACHINE_TEXT_LENGTH])
{
    if (*before)
        snprintf(order, MACHINE_TEXT_LENGTH, "%.900s; from round %d on with seed %lu", before,
                 state->rounds_done + 1, state->seed);
    else
        snprintf(order, MACHINE_TEXT_LENGTH,
                 "shuffled for each round by gsl_ran_shuffle(), mt19937 with seed %lu",
                 state->seed);
}

int state_restore(struct state *state, char order[MACHINE_TEXT_LENGTH], struct error *error)
{
    struct checkpoint *checkpoint = state->plan->checkpoint;
    struct checkpoint_round round = round_of(state);
    tell_order(state, "", order);
    if (!checkpoint)
        return 0;
    if (checkpoint_restore(checkpoint, &round, error) != 0)
        return -1;
    state->rounds_done = round.done;
    state->rounds_lost = round.lost;
    state->elapsed_s = round.elapsed_s;
    for (int i = 0; i < round.count; i++) /* left out after the first round */
        state->cut[i] =
            state->samples[i].status == RUN_OK && state->samples[i].count < state->rounds_done;
    if (state->rounds_done > 0) {
        tell_order(state, checkpoint->order, order);
        warn(state);
    }
    memcpy(checkpoint->order, order, sizeof checkpoint->order);
    return 0;
}

int state_keep(struct state *state, struct error *error)
{
    struct checkpoint_round round = round_of(state);
    round.elapsed_s = clock_seconds() - state->began_s;
    return state->plan->checkpoint ? checkpoint_add(state->plan->checkpoint, &round, error) : 0;
}

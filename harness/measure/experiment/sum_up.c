/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "harness/measure/experiment/state.h"
#include "harness/measure/summarise.h"

int state_sum_up(const struct state *state, bool whole, struct result_set *set, struct error *error)
{
    int runs = state_runs(state), count = 0, kept = 0;
    struct samples *samples = calloc((size_t)runs, sizeof *samples);
    if (!samples)
        return error_set(error, "results", "no memory");
    for (int i = 0; i < runs; i++) {
        if (state->cut[state_config_of(state, i)])
            continue;
        count += i < state->plan->config_count; /* second runs are the last, as they were */
        samples[kept++] = state->samples[i];    /* what they point to stays where it is */
    }
    int failed = whole ? summarise(samples, count, kept, state->rounds_done, set, error)
                       : summarise_so_far(samples, count, state->rounds_done, set, error);
    free(samples);
    return failed;
}

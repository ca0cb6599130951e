/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/summary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int result_set_create(struct result_set *set, size_t count, struct error *error)
{
    const double nothing = (double)NAN;
    const struct estimate unknown = {nothing, nothing, nothing};
    set->summaries = calloc(count ? count : 1, sizeof *set->summaries);
    if (!set->summaries)
        return error_set(error, "results", "no memory");
    set->count = count;
    set->rounds = 0;
    for (size_t i = 0; i < count; i++)
        set->summaries[i] = (struct summary){.setup = {.latency_s = nothing},
                                             .t0_s = nothing,
                                             .t0_low_s = nothing,
                                             .t0_high_s = nothing,
                                             .wall_s = unknown,
                                             .speedup = unknown,
                                             .activity_speedup = nothing,
                                             .ceiling = nothing,
                                             .machine_ceiling = nothing,
                                             .efficiency = nothing,
                                             .karp_flatt = nothing,
                                             .cpu_utilisation = nothing,
                                             .max_rss_kib = nothing,
                                             .gflops = nothing,
                                             .losses = losses_unknown(),
                                             .losses_error = losses_unknown()};
    return 0;
}

void result_set_destroy(struct result_set *set)
{
    for (size_t i = 0; i < set->count; i++) {
        free(set->summaries[i].trace);
        free(set->summaries[i].runs);
        free(set->summaries[i].again);
    }
    free(set->summaries);
    set->summaries = NULL;
    set->count = 0;
}

int result_set_failures(const struct result_set *set)
{
    int failures = 0;
    for (size_t i = 0; i < set->count; i++)
        failures += set->summaries[i].status != RUN_OK;
    return failures;
}

static const struct summary *best_from(const struct result_set *set, size_t first)
{
    const struct summary *best = NULL;
    for (size_t i = first; i < set->count; i++) {
        const struct summary *summary = &set->summaries[i];
        if (summary->status == RUN_OK && !isnan(summary->speedup.value) &&
            (!best || summary->speedup.value > best->speedup.value))
            best = summary;
    }
    return best;
}

const struct summary *result_set_best(const struct result_set *set)
{
    const struct summary *best = best_from(set, 1);
    return best ? best : best_from(set, 0);
}

const struct summary *result_set_find(const struct result_set *set, const char *strategy,
                                      int workers)
{
    for (size_t i = 0; i < set->count; i++) {
        const struct summary *summary = &set->summaries[i];
        const struct config *config = &summary->setup.config;
        if (summary->status == RUN_OK && config->workers == workers &&
            strcmp(config->strategy, strategy) == 0)
            return summary;
    }
    return NULL;
}

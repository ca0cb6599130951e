/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/bench/own_narrow.h"

#include <stdlib.h>
#include <string.h>

int own_narrow_numbers(const int *workers, int count, int best, int narrowed[5])
{
    int at = 0, found = 0;
    while (at < count - 1 && workers[at] != best)
        at++;
    int lower = at > 0 ? workers[at - 1] : best, upper = at < count - 1 ? workers[at + 1] : best;
    const int wanted[5] = {lower, lower + (best - lower) / 2, best, best + (upper - best) / 2,
                           upper};
    for (int i = 0; i < 5; i++)
        if (found == 0 || wanted[i] > narrowed[found - 1])
            narrowed[found++] = wanted[i];
    return found;
}

static int best_workers(const struct result_set *set)
{
    const struct summary *best = NULL;
    for (size_t i = 0; i < set->count; i++) {
        const struct summary *summary = &set->summaries[i];
        if (strcmp(summary->setup.config.strategy, "programs") == 0 && summary->status == RUN_OK &&
            (!best || summary->wall_s.value < best->wall_s.value))
            best = summary;
    }
    return best ? best->setup.config.workers : 0;
}

int own_narrow(const struct experiment *experiment, struct bench_options *options,
               struct error *error)
{
    struct config *configs = calloc((size_t)experiment->config_count, sizeof *configs);
    struct experiment quick = *experiment;
    struct result_set set = {0};
    if (!configs)
        return error_set(error, "bench", "no memory");
    quick.configs = configs;
    quick.config_count = 0;
    quick.rounds = 1;
    quick.unwatched = true;
    for (int i = 0; i < experiment->config_count; i++)
        if (i == 0 || strcmp(experiment->configs[i].strategy, "programs") == 0)
            configs[quick.config_count++] = experiment->configs[i];
    quick.budget_s = 0;
    int failed = experiment_run(&quick, &(struct observer){0}, &set, error);
    int best = failed ? 0 : best_workers(&set);
    if (best > 0) {
        int narrowed[5];
        int count = own_narrow_numbers(options->workers, options->worker_count, best, narrowed);
        memcpy(options->workers, narrowed, (size_t)count * sizeof narrowed[0]);
        options->worker_count = count;
    }
    result_set_destroy(&set);
    free(configs);
    return failed;
}

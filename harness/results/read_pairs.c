/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "harness/results/results.h"

/* Nobody compares more configurations in pairs; and the one of each run is looked for among them
 * all. */
enum { CONFIGS_AT_MOST = 1000 };

static struct verdict_run *nothing_known(int rounds)
{
    const double nothing = (double)NAN;
    struct verdict_run *runs = calloc((size_t)rounds, sizeof *runs);
    for (int i = 0; runs && i < rounds; i++)
        runs[i] = (struct verdict_run){nothing, nothing, nothing, nothing, nothing};
    return runs;
}

/* Every round has rows, so there are no more rounds than rows; a file of somebody else's may claim
 * any number, and memory is taken for each. */
static bool has_rounds(const struct result_set *set, size_t rows)
{
    for (size_t i = 0; i < set->count; i++)
        if ((size_t)set->summaries[i].rounds > rows)
            return false;
    return true;
}

/* A round that was lost is done once more under its number: the last run counts. */
static int take_run(struct result_set *set, const struct run_record *run)
{
    for (size_t i = 0; i < set->count; i++) {
        struct summary *summary = &set->summaries[i];
        if (summary->rounds < run->round || run->status != RUN_OK ||
            !config_is_same(&summary->setup.config, &run->setup.config))
            continue;
        if (!summary->runs && !(summary->runs = nothing_known(summary->rounds)))
            return -1;
        summary->runs[run->round - 1].wall_s = run->wall_s;
        summary->runs[run->round - 1].cpu_s = run->user_s + run->sys_s;
        return 0;
    }
    return 0;
}

int results_read_pairs(const char *directory, struct result_set *set, struct error *error)
{
    char path[PATH_MAX];
    struct run_record *runs;
    size_t count;
    int failed = 0;
    if (set->count > CONFIGS_AT_MOST)
        return 0;
    if (output_path(path, directory, runs_file.name, error) != 0)
        return -1;
    if (access(path, F_OK) != 0)
        return 0;
    if (results_read_runs(directory, &runs, &count, error) != 0)
        return -1;
    bool known = has_rounds(set, count);
    for (size_t i = 0; known && i < count && !failed; i++)
        failed = take_run(set, &runs[i]);
    free(runs);
    return failed ? error_set(error, path, "no memory") : 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/forecast/basis.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool forecast_possible(const struct config *config)
{
    return config->blas_threads <= 1 && strcmp(config->strategy, "blas") != 0 &&
           strcmp(config->strategy, "serial") != 0;
}

/* The right summary of this strategy on the most workers, or on the fewest; NULL: there is none. */
static const struct summary *extreme(const struct result_set *set, const struct config *config,
                                     bool most)
{
    const struct summary *found = NULL;
    for (size_t i = 0; i < set->count; i++) {
        const struct summary *summary = &set->summaries[i];
        if (summary->status != RUN_OK || !config_is_same_strategy(&summary->setup.config, config))
            continue;
        int difference = found ? summary->setup.config.workers - found->setup.config.workers : 0;
        if (!found || (most ? difference > 0 : difference < 0))
            found = summary;
    }
    return found;
}

const struct summary *forecast_source(const struct result_set *set, const struct config *config)
{
    return extreme(set, config, false);
}

static void take_walls(struct forecast_basis *basis, const struct summary *serial)
{
    for (int i = 0; serial->runs && i < basis->set->rounds && i < serial->rounds; i++)
        if (serial->runs[i].wall_s > 0)
            basis->serial_walls[basis->rounds++] = serial->runs[i].wall_s;
}

/* The tasks of the one run whose trace there is, at the speed of the median run. By how much those of
 * equal images differ is that run's luck, which no other run has; so they are taken for equal. */
static void take_tasks(struct forecast_basis *basis, const struct summary *serial)
{
    double sum = 0, median = statistics_median(basis->serial_walls, basis->rounds).value;
    for (int i = 0; i < basis->tasks; i++) {
        basis->task_s[i] = serial->trace[i].end_s - serial->trace[i].start_s;
        sum += basis->task_s[i];
    }
    for (int i = 0; i < basis->tasks && sum > 0; i++)
        basis->task_s[i] =
            serial->setup.ny > 0 ? median / basis->tasks : basis->task_s[i] * median / sum;
}

int forecast_basis_create(struct forecast_basis *basis, const struct result_set *set,
                          const char *where, struct error *error)
{
    const struct summary *serial = result_set_find(set, "serial", 1);
    size_t rounds = set->rounds > 0 ? (size_t)set->rounds : 1;
    *basis = (struct forecast_basis){.set = set};
    if (!serial)
        return error_set(error, where, "has no serial run that was right");
    basis->tasks = serial->setup.tasks;
    basis->task_s = calloc((size_t)basis->tasks, sizeof *basis->task_s);
    basis->serial_walls = calloc(rounds, sizeof *basis->serial_walls);
    basis->ratios = calloc(rounds, sizeof *basis->ratios);
    if (!basis->task_s || !basis->serial_walls || !basis->ratios)
        return error_set(error, where, "no memory");
    take_walls(basis, serial);
    if (!serial->trace || basis->rounds == 0)
        return error_set(error, where, "has no trace of the serial run");
    take_tasks(basis, serial);
    return 0;
}

void forecast_basis_destroy(struct forecast_basis *basis)
{
    free(basis->task_s);
    free(basis->serial_walls);
    free(basis->ratios);
    *basis = (struct forecast_basis){.tasks = 0};
}

/* What one run has cost. */
static int costs_of(const struct forecast_basis *basis, const struct summary *summary, bool fixed,
                    struct strategy_model *model)
{
    struct predict_task *run = calloc((size_t)basis->tasks, sizeof *run);
    int failed = -1;
    if (run && summary->trace && summary->setup.tasks == basis->tasks) {
        for (int i = 0; i < basis->tasks; i++)
            run[i] = (struct predict_task){summary->trace[i].worker, summary->trace[i].start_s,
                                           summary->trace[i].end_s};
        failed = predict_costs(run, basis->tasks, summary->setup.config.workers,
                               summary->wall_s.value, fixed, model);
    }
    free(run);
    return failed;
}

bool forecast_model(const struct forecast_basis *basis, const struct config *config,
                    struct strategy_model *model)
{
    struct strategy_model shares = {.fixed = false};
    const struct summary *most = extreme(basis->set, config, true);
    const struct summary *fewest = extreme(basis->set, config, false);
    bool more = most && most->setup.config.workers > 1;
    if (!fewest || (more && costs_of(basis, most, false, &shares) != 0) ||
        costs_of(basis, fewest, shares.fixed, model) != 0)
        return false;
    model->blocks = shares.blocks;
    if (more)
        model->start_each_s = shares.start_each_s;
    if (!model->fixed && config->chunk > 0)
        model->chunk = config->chunk;
    model->one_at_a_time = config->lock == LOCK_HELD;
    return true;
}

/* This strategy's time / the serial one's, round by round: how these spread is how a speedup does. */
static size_t take_ratios(struct forecast_basis *basis, const struct summary *summary)
{
    const struct summary *serial = result_set_find(basis->set, "serial", 1);
    size_t count = 0;
    for (int i = 0; summary->runs && serial->runs && i < summary->rounds && i < serial->rounds; i++)
        if (summary->runs[i].wall_s > 0 && serial->runs[i].wall_s > 0)
            basis->ratios[count++] = summary->runs[i].wall_s / serial->runs[i].wall_s;
    return count;
}

struct forecast forecast_run(struct forecast_basis *basis, const struct machine_model *machine,
                             const struct config *config, const struct strategy_model *model,
                             int workers)
{
    const struct summary *source = forecast_source(basis->set, config);
    struct machine_model without_end = {0};
    const struct machine_model *used = machine;
    struct error ignored;
    char text[16];
    snprintf(text, sizeof text, "%d", workers);
    if (!isnan(source->setup.latency_s) && model_of_text(&without_end, "", text, &ignored) == 0)
        used = &without_end;
    struct predict_walls walls = {.serial = basis->serial_walls,
                                  .rounds = basis->rounds,
                                  .ratios = basis->ratios,
                                  .ratio_count = take_ratios(basis, source)};
    struct forecast forecast =
        predict_run(used, model, basis->task_s, basis->tasks, workers, &walls);
    model_destroy(&without_end);
    return forecast;
}

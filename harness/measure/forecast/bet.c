/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/forecast/bet.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/measure/forecast/basis.h"

/* What a bet may take: this share of the budget, and no more than these seconds. */
static const double SHARE = 0.075, SECONDS_AT_MOST = 10;
enum { ROUNDS = 5, WORKER_COUNTS_AT_LEAST = 2 };

double bet_budget_s(double budget_s)
{
    return fmin(SHARE * budget_s, SECONDS_AT_MOST);
}

/* How many numbers of workers it has; *fewest is the one on the fewest. */
static int count_workers(const struct experiment *whole, const struct config *config,
                         const struct config **fewest)
{
    int count = 0;
    *fewest = config;
    for (int i = 0; i < whole->config_count; i++) {
        const struct config *other = &whole->configs[i];
        if (!config_is_same_strategy(config, other))
            continue;
        count++;
        if (other->workers < (*fewest)->workers)
            *fewest = other;
    }
    return count;
}

const struct config *bet_choose(const struct experiment *whole)
{
    const struct config *chosen = NULL, *fewest;
    int most = WORKER_COUNTS_AT_LEAST - 1;
    if (whole->command || (whole->rounds > 0 && whole->rounds < SAMPLES_FOR_INTERVAL))
        return NULL;
    for (int i = 0; i < whole->config_count; i++) {
        const struct config *config = &whole->configs[i];
        int count = count_workers(whole, config, &fewest);
        bool is_pool = strcmp(config->strategy, "pool") == 0;
        if (!forecast_possible(config) || count < WORKER_COUNTS_AT_LEAST ||
            (!is_pool && count <= most))
            continue;
        chosen = fewest;
        most = count;
        if (is_pool)
            break;
    }
    return chosen;
}

static void put_row(struct forecast_row *row, const struct config *config, int from_workers,
                    size_t runs, struct forecast forecast)
{
    *row = (struct forecast_row){.workers = config->workers,
                                 .blas_asked = config->blas_threads,
                                 .lock = config->lock,
                                 .from_workers = from_workers,
                                 .from_runs = (int)runs,
                                 .forecast = forecast};
    snprintf(row->filter, sizeof row->filter, "%s", config->filter);
    snprintf(row->strategy, sizeof row->strategy, "%s", config->strategy);
}

static int forecast_all(const struct experiment *whole, const struct config *config,
                        const struct machine_model *machine, const struct result_set *set,
                        struct forecast_row **rows, size_t *count, struct error *error)
{
    struct forecast_basis basis;
    struct strategy_model model;
    int failed = forecast_basis_create(&basis, set, "forecast", error);
    if (!failed && forecast_model(&basis, config, &model)) {
        *rows = calloc((size_t)whole->config_count, sizeof **rows);
        failed = *rows ? 0 : error_set(error, "forecast", "no memory");
        for (int i = 0; i < whole->config_count && !failed; i++) {
            const struct config *other = &whole->configs[i];
            if (config_is_same_strategy(config, other))
                put_row(&(*rows)[(*count)++], other, config->workers, basis.rounds,
                        forecast_run(&basis, machine, config, &model, other->workers));
        }
    }
    forecast_basis_destroy(&basis);
    return failed;
}

int bet_make(const struct experiment *whole, const struct machine_model *machine,
             struct forecast_row **rows, size_t *count, struct error *error)
{
    const struct config *config = bet_choose(whole);
    struct result_set set = {0};
    *rows = NULL;
    *count = 0;
    if (!config)
        return 0;
    const struct config configs[2] = {whole->configs[0], *config};
    struct experiment first = *whole;
    first.configs = configs;
    first.config_count = 2;
    first.rounds = ROUNDS;
    first.budget_s = bet_budget_s(whole->budget_s);
    first.where = "forecast";
    first.later_s = whole->later_s + whole->budget_s;
    first.unwatched = first.is_trial = true;
    first.checkpoint = NULL; /* its rounds are none of the benchmark's */
    if (experiment_run(&first, &(struct observer){0}, &set, error) != 0)
        return -1;
    int failed = 0;
    if (set.summaries[0].status == RUN_OK && set.summaries[1].status == RUN_OK)
        failed = forecast_all(whole, config, machine, &set, rows, count, error);
    result_set_destroy(&set);
    return failed;
}

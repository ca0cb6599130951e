/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/bench/bench_configs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/measure/forecast/plan.h"

struct list {
    const struct bench_options *options;
    const struct topology *topology;
    struct config *configs;
    int count;
};

/* Library threads below a worker inherit its binding, and would all sit on its one core. So runs
 * that have such threads are not bound. */
static void add_config(struct list *list, const struct strategy *strategy, int workers,
                       enum lock_mode lock, int blas_threads)
{
    struct config *config = &list->configs[list->count++];
    *config = list->options->config;
    config->workers = workers;
    snprintf(config->strategy, sizeof config->strategy, "%s", strategy->name);
    config->lock = strategy->has_lock ? lock : LOCK_NONE;
    config->chunk = strategy->has_chunks ? list->options->config.chunk : 0;
    config->blas_threads = blas_threads;
    if (blas_threads > 1)
        config->bind = BIND_NONE;
}

/* The one strategy that goes through all numbers of workers, unless the user has chosen them. */
static const char *sweeper(const struct bench_options *options)
{
    const char *first = NULL;
    for (int i = 0; i < options->strategy_count; i++) {
        const struct strategy *strategy = options->strategies[i];
        if (strcmp(strategy->name, "pool") == 0)
            return strategy->name;
        if (!first && !strategy->one_worker)
            first = strategy->name;
    }
    return first;
}

/* The others have as many workers as there are cores; where tasks wait, as many as there may be. */
static int all_cores(const struct list *list)
{
    const struct bench_options *options = list->options;
    for (int i = 0; i < options->worker_count; i++)
        if (options->workers[i] == list->topology->cores &&
            !filter_find(options->config.filter)->waiting)
            return options->workers[i];
    return options->workers[options->worker_count - 1];
}

/* One strategy with every number of workers. A library whose threads are the workers has as
 * many. */
static void add_sweep(struct list *list, const struct strategy *strategy, enum lock_mode lock,
                      int blas_threads)
{
    const struct bench_options *options = list->options;
    for (int i = 0; i < (strategy->one_worker ? 1 : options->worker_count); i++) {
        int workers = strategy->one_worker ? 1 : options->workers[i];
        if (!strategy->one_worker && !plan_wants(strategy->name, sweeper(options), workers,
                                                 all_cores(list), !options->chose_workers))
            continue;
        add_config(list, strategy, workers, lock,
                   strategy->library_workers ? workers : blas_threads);
    }
}

/* All of one strategy: with each number of BLAS threads, and each mode of its lock. */
static void add_strategy(struct list *list, const struct strategy *strategy)
{
    const struct bench_options *options = list->options;
    int variants = strategy->library_workers ? 1 : options->blas_thread_count;
    for (int i = 0; i < (variants ? variants : 1); i++) {
        int threads = variants ? options->blas_threads[i] : 0;
        add_sweep(list, strategy, options->config.lock, threads);
        if (options->both_locks && strategy->has_lock)
            add_sweep(list, strategy, LOCK_RELEASED, threads);
    }
}

int bench_configs_list(const struct bench_options *options, const struct topology *topology,
                       struct config **configs, int *count, struct error *error)
{
    struct list list = {.options = options, .topology = topology};
    size_t most = 1 + 2 * (size_t)options->strategy_count * (size_t)options->worker_count *
                          (size_t)(options->blas_thread_count + 1);
    list.configs = calloc(most, sizeof *list.configs);
    if (!list.configs)
        return error_set(error, "bench", "no memory");
    add_config(&list, strategy_find("serial"), 1, LOCK_NONE, options->blas_thread_count > 0);
    for (int i = 0; i < options->strategy_count; i++)
        if (strcmp(options->strategies[i]->name, "serial") != 0)
            add_strategy(&list, options->strategies[i]);
    *configs = list.configs;
    *count = list.count;
    return 0;
}

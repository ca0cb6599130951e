/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the options of `speedup bench` mean together: what cannot be, and what is chosen where
 * nothing was said. */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "harness/base/text/append.h"
#include "harness/commands/bench/bench_options.h"
#include "harness/commands/bench/own_program.h"
#include "harness/machine/blas/blas_library.h"

static void notice(struct bench_options *options, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* One line about an option that has no effect, or about something that is left out. */
static void notice(struct bench_options *options, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("speedup: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    options->notices++;
}

/* Why this strategy cannot run this filter from this kind of input; NULL where it can. */
static const char *misfit(const struct bench_options *options, const struct filter *filter,
                          const struct strategy *strategy)
{
    if (strategy->files_only && options->config.io != IO_FILES)
        return "starts programs; it needs --io files";
    if (strcmp(strategy->name, OWN_PROGRAM_INSIDE) == 0)
        return options->command ? NULL : "is for a command of your own: bench FILE... -- COMMAND";
    if (options->command && strcmp(strategy->name, "mpi") == 0)
        return "can start nothing but our own filters";
    if (strategy->library_workers && !filter->uses_blas)
        return "needs a filter that uses a BLAS: dot, dot-gemm, smooth-blas";
    return NULL;
}

/* All that can run here; `mine` only when it is asked for. */
static void default_strategies(struct bench_options *options, const struct filter *filter)
{
    for (size_t i = 0; strategy_catalogue[i]; i++) {
        const struct strategy *strategy = strategy_catalogue[i];
        bool able = !strategy->unavailable || !strategy->unavailable();
        if (able && !misfit(options, filter, strategy) && strcmp(strategy->name, "mine") != 0 &&
            options->strategy_count < STRATEGIES_AT_MOST)
            options->strategies[options->strategy_count++] = strategy;
    }
}

int bench_options_waiting_sweep(long tasks, int *workers)
{
    int count = 0;
    for (long number = 1; number < tasks && number < WORKERS_AT_MOST; number *= 2)
        workers[count++] = (int)number;
    workers[count++] = (int)(tasks < WORKERS_AT_MOST ? tasks : WORKERS_AT_MOST);
    return count;
}

/* Off by default; `on` is as many as cores; a filter without BLAS has none. No number twice. */
static void settle_blas_threads(struct bench_options *options, const struct filter *filter,
                                const struct topology *topology)
{
    if (!filter->uses_blas && !options->command) {
        if (options->blas_thread_count > 0)
            notice(options, "--blas-threads: changes nothing, for %s uses no BLAS", filter->name);
        options->blas_thread_count = 0;
        return;
    }
    if (options->blas_thread_count == 0)
        options->blas_threads[options->blas_thread_count++] = 1;
    int kept = 0;
    for (int i = 0; i < options->blas_thread_count; i++) {
        int threads = options->blas_threads[i], known = 0;
        if (threads == BLAS_THREADS_ON)
            threads = topology->cores;
        for (int k = 0; k < kept; k++)
            known |= options->blas_threads[k] == threads;
        if (!known) /* `off,on` is 1 and 1 where there is one core */
            options->blas_threads[kept++] = threads;
    }
    options->blas_thread_count = kept;
}

/* Strategies that cannot run here are left out with --skip-missing, which is said in a line, and
 * else an error. */
static int keep_available(struct bench_options *options, struct error *error)
{
    char skipped[160] = "";
    int kept = 0;
    for (int i = 0; i < options->strategy_count; i++) {
        const struct strategy *strategy = options->strategies[i];
        const char *reason = strategy->unavailable ? strategy->unavailable() : NULL;
        if (reason && !options->skip_missing)
            return error_set(error, "--strategies", "%s: %s", strategy->name, reason);
        if (reason)
            text_append(skipped, sizeof skipped, "%s%s", *skipped ? ", " : "", strategy->name);
        else
            options->strategies[kept++] = strategy;
    }
    if (*skipped)
        notice(options, "skipping %s: not here; `speedup list` says why", skipped);
    options->strategy_count = kept;
    return 0;
}

/* What is only for a command of the user's own. */
static int check_no_command(const struct bench_options *options, struct error *error)
{
    const char *given = options->result      ? "--result"
                        : options->compare   ? "--compare"
                        : options->own_tasks ? "--tasks"
                        : options->overwrite ? "--overwrite"
                                             : NULL;
    if (!given || options->command)
        return 0;
    return error_set(error, given, "is for a command of your own: bench FILE... -- COMMAND");
}

static int check(const struct bench_options *options, const struct filter *filter,
                 struct error *error)
{
    if (check_no_command(options, error) != 0)
        return -1;
    if (options->seed + options->images - 1 > UINT32_MAX)
        return error_set(error, "--seed", "seed + images - 1 is above %lu",
                         (unsigned long)UINT32_MAX);
    if (options->config.io == IO_FILES && options->config.grain == GRAIN_BAND)
        return error_set(error, "--grain", "band does not go with --io files: a file is one task");
    if (options->config.bands > 0 && options->config.grain != GRAIN_BAND)
        return error_set(error, "--bands", "needs --grain band");
    if (filter->waiting && (options->config.io == IO_FILES || options->file_count > 0))
        return error_set(error, "--filter", "%s works on no files", filter->name);
    for (int i = 0; i < options->strategy_count; i++) {
        const char *why = misfit(options, filter, options->strategies[i]);
        if (why)
            return error_set(error, "--strategies", "%s %s", options->strategies[i]->name, why);
    }
    return 0;
}

/* A section of the lesson shows BLAS threads; a library that has none has nothing to show, and a
 * second measurement of the same would look as if threads did nothing. */
static void leave_out_library_threads(struct bench_options *options)
{
    struct blas_library library;
    int kept = 0;
    blas_library_look(&library);
    if (strcmp(library.threading, "none") != 0)
        return;
    notice(options, "skipping what shows BLAS threads: %s has none", library.name);
    for (int i = 0; i < options->strategy_count; i++)
        if (!options->strategies[i]->library_workers)
            options->strategies[kept++] = options->strategies[i];
    options->strategy_count = kept;
    options->blas_threads[0] = 1;
    options->blas_thread_count = 1;
}

int bench_options_settle(struct bench_options *options, const struct topology *topology,
                         struct error *error)
{
    const struct filter *filter = filter_find(options->config.filter);
    if (!options->grain_given && filter->prefers_bands && options->config.io == IO_MEMORY)
        options->config.grain = GRAIN_BAND;
    if (options->section && options->config.io == IO_FILES && options->config.grain == GRAIN_BAND) {
        /* An option for all sections; one of them has nothing that it could cut. */
        notice(options, "--grain: a task of this section is a file, not a band");
        options->config.grain = GRAIN_IMAGE;
        options->config.bands = 0;
    }
    if (check(options, filter, error) != 0 || keep_available(options, error) != 0)
        return -1;
    settle_blas_threads(options, filter, topology);
    if (options->section && filter->uses_blas)
        leave_out_library_threads(options);
    /* For a command they are chosen when one task of it has been tried. */
    if (options->strategy_count == 0 && !options->command)
        default_strategies(options, filter);
    options->chose_workers = options->worker_count == 0 && !options->command;
    if (options->chose_workers)
        options->worker_count =
            filter->waiting ? bench_options_waiting_sweep(options->images, options->workers)
                            : topology_sweep(topology, options->workers, WORKER_COUNTS_AT_MOST);
    /* Rounds that were asked for are done, however long they take: a budget without an end. */
    if (!options->budget_given)
        options->budget_s = options->rounds ? 1e9 : BUDGET_DEFAULT;
    if (!topology->can_bind)
        options->config.bind = BIND_NONE;
    return 0;
}

struct room bench_options_room(const struct bench_options *options)
{
    struct room room = {.workers = 1};
    for (int i = 0; i < options->worker_count; i++)
        if (options->workers[i] > room.workers)
            room.workers = options->workers[i];
    if (options->config.io == IO_FILES)
        room.directory = options->directory;
    return room;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/bench/own_program.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "harness/base/clock.h"
#include "harness/machine/memory.h"
#include "harness/machine/thread_variables.h"
#include "harness/measure/command/compare_results.h"
#include "harness/measure/command/placeholders.h"
#include "harness/measure/command/run_command.h"
#include "harness/measure/forecast/plan.h"
#include "harness/report/advice/advice.h"

/* Of the memory that is available, so that something is left for all else. */
static const double SHARE_OF_MEMORY = 0.9;

/* A task whose CPU time is a smaller share of its time waits more than it computes. */
static const double WAITS_BELOW = 0.5;

/* A first look at 1, 2, 4, ... workers may take this share of the budget; with fewer numbers of
 * workers there is nothing to look for. */
static const double SHARE_OF_FIRST_LOOK = 0.25;
enum { NUMBERS_TO_NARROW = 3 };

/* There is time for GNU parallel, too, where the budget is enough for so many rounds without it. */
enum { ROUNDS_FOR_ALL = 12 };

/* Unless somebody says how long, it may take so many times the default budget for the sake of
 * intervals. */
static const double LONGER_FOR_INTERVALS = 2.5;

static int check_options(const struct own_program *own, const struct bench_options *options,
                         struct error *error)
{
    if (options->section)
        return error_set(error, "--section", "is for our own filters, not for a command");
    if (options->file_count > 0 && options->own_tasks > 0)
        return error_set(error, "--tasks", "is for commands without files; %d files were given",
                         options->file_count);
    if (own->tasks == 0)
        return error_set(error, "--tasks", "give files before --, or a number of tasks");
    if (options->result && !placeholders_name_task(options->result) && own->tasks > 1)
        return error_set(error, "--result",
                         "'%s' is the same for every task; name the task by {/.} or {#}",
                         options->result);
    if (options->compare && !options->result)
        return error_set(error, "--compare", "needs --result, which names what to compare");
    return 0;
}

/* The file of each task's result. */
static char **result_paths(const struct own_program *own, const char *pattern, struct error *error)
{
    char **paths = calloc((size_t)own->tasks, sizeof *paths);
    for (int i = 0; paths && i < own->tasks; i++) {
        const struct placeholder_values values = {
            .file = *own->files ? own->files[i] : "", .task = i, .workers = 1};
        paths[i] = placeholders_replace_text(pattern, &values);
        if (paths[i])
            continue;
        while (i > 0)
            free(paths[--i]);
        free(paths);
        paths = NULL;
    }
    if (!paths)
        error_set(error, "--result", "no memory for %d names", own->tasks);
    return paths;
}

int own_program_open(struct own_program *own, struct bench_options *options, struct error *error)
{
    *own = (struct own_program){.command = options->command,
                                .files = calloc((size_t)options->file_count + 1, sizeof(char *)),
                                .tasks = options->file_count > 0 ? options->file_count
                                                                 : (int)options->own_tasks,
                                .workers_that_fit = INT_MAX};
    if (!own->files)
        return error_set(error, "files", "no memory");
    memcpy(own->files, options->files, (size_t)options->file_count * sizeof(char *));
    if (check_options(own, options, error) != 0)
        return -1;
    if (options->compare && !(own->compare = compare_words(options->compare, error)))
        return -1;
    snprintf(options->config.filter, sizeof options->config.filter, "command");
    options->config.grain = GRAIN_IMAGE;
    options->config.io = IO_FILES;
    options->config.bind = BIND_NONE;      /* its threads would all sit on one core */
    options->config.parameters.window = 1; /* it has none */
    options->images = own->tasks;
    return 0;
}

static double cpu_seconds(const struct rusage *usage)
{
    return clock_timeval_seconds(usage->ru_utime) + clock_timeval_seconds(usage->ru_stime);
}

static int try_one(struct own_program *own, struct error *error)
{
    struct run_command command;
    struct rusage before, after;
    bool crashed;
    if (run_command_create(&command, own->command, 1) != 0)
        return error_set(error, "command", "no memory");
    getrusage(RUSAGE_CHILDREN, &before);
    double began_s = clock_seconds();
    int failed = run_command_run(&command, *own->files ? own->files[0] : "", 0, 0, &crashed, error);
    own->task_s = clock_seconds() - began_s;
    getrusage(RUSAGE_CHILDREN, &after);
    run_command_destroy(&command);
    own->task_cpu_s = cpu_seconds(&after) - cpu_seconds(&before);
    own->task_kib = (double)after.ru_maxrss;
#ifdef __APPLE__
    own->task_kib /= 1024;
#endif
    return failed;
}

/* The answer comes from `programs`; GNU parallel shows what a launcher costs, where there is time
 * for it. */
static void choose_strategies(struct bench_options *options, bool inside, bool time_for_all)
{
    const struct strategy *launcher = strategy_find("gnu-parallel");
    options->strategies[options->strategy_count++] =
        strategy_find(inside ? OWN_PROGRAM_INSIDE : "programs");
    if (!inside && time_for_all && !(launcher->unavailable && launcher->unavailable()))
        options->strategies[options->strategy_count++] = launcher;
}

/* What a round may take: the tasks one after the other, twice, and then by every strategy on every
 * number of workers, and one of them twice, if these were as good as they can be. */
static double round_seconds(const struct own_program *own, const struct bench_options *options)
{
    double serial_s = own->tasks * own->task_s, seconds = 2 * serial_s;
    int variants = options->strategy_count * options->blas_thread_count;
    for (int i = 0; i < options->worker_count; i++) {
        int workers = options->workers[i];
        bool beyond = !own->waits && workers > own->cores;
        bool last = i + 1 == options->worker_count;
        seconds += (variants + last) * serial_s / (beyond ? own->cores : workers);
    }
    return seconds;
}

/* Makes the budget enough for six rounds and the one that is watched, where that is not much
 * longer, and nobody has said how long or how often. */
static void make_time_for_intervals(const struct own_program *own, struct bench_options *options)
{
    double needed_s = (PLAN_ROUNDS_AT_LEAST + 1.5) * round_seconds(own, options);
    if (options->budget_given || options->rounds > 0 || needed_s < options->budget_s ||
        needed_s > LONGER_FOR_INTERVALS * options->budget_s)
        return;
    options->budget_s = needed_s;
    options->rounds = PLAN_ROUNDS_AT_LEAST;
}

/* Both layers of threads on and off, on one core and on all: without intervals nobody could tell
 * these apart. So where there is no time for intervals of all numbers of workers, there are only
 * these two. */
static void keep_corners(const struct own_program *own, struct bench_options *options)
{
    double all_s = PLAN_ROUNDS_AT_LEAST * round_seconds(own, options);
    if (options->blas_thread_count < 2 || options->rounds > 0 || all_s < options->budget_s)
        return;
    options->workers[0] = 1;
    options->workers[1] = own->cores;
    options->worker_count = own->cores > 1 ? 2 : 1;
}

/* Keeps the numbers of workers that fit into the memory, and says which did not. */
static int keep_what_fits(const struct own_program *own, struct bench_options *options,
                          struct error *error)
{
    int kept = 0;
    for (int i = 0; i < options->worker_count; i++) {
        int workers = options->workers[i];
        if (workers <= own->workers_that_fit) {
            options->workers[kept++] = workers;
            continue;
        }
        fprintf(stderr,
                "speedup: skipping %d at a time: one takes %.0f MiB, and %.0f MiB are available\n",
                workers, own->task_kib / 1024, own->memory_kib / 1024);
    }
    options->worker_count = kept;
    return kept > 0 ? 0
                    : error_set(error, "--workers", "not even one fits into the %.0f MiB available",
                                own->memory_kib / 1024);
}

/* Moves results that lie where the command will write its own out of the way. */
static int put_results_aside(struct own_program *own, const struct bench_options *options,
                             struct error *error)
{
    /* A plan alone makes no directory for results. */
    const char *place = options->dry_run ? "." : options->directory;
    if (!options->result)
        return 0;
    char **paths = result_paths(own, options->result, error);
    if (!paths)
        return -1;
    if (options->resume &&
        result_files_recover(paths, own->tasks, options->directory, error) != 0) {
        own->results = (struct result_files){.count = own->tasks, .paths = paths}; /* to be freed */
        return -1;
    }
    if (result_files_create(&own->results, paths, own->tasks, options->overwrite, place, error) !=
        0)
        return -1;
    own->compared = true;
    return 0;
}

/* Runs one task alone: how long it takes, whether it waits, how many of it fit into the memory. */
static int look_at_task(struct own_program *own, bool inside, struct error *error)
{
    own->memory_kib = memory_available_kib("");
    if (thread_variables_set(1) != 0)
        return error_set(error, "environment", "no memory");
    if (try_one(own, error) != 0)
        return -1;
    if (own->memory_kib > 0 && own->task_kib > 0 && !inside)
        own->workers_that_fit = (int)(SHARE_OF_MEMORY * own->memory_kib / own->task_kib);
    own->waits = own->task_cpu_s < WAITS_BELOW * own->task_s;
    return 0;
}

int own_program_try(struct own_program *own, struct bench_options *options,
                    const struct topology *topology, struct error *error)
{
    bool inside = placeholders_name_workers(own->command);
    bool chosen = options->worker_count == 0;
    own->cores = topology->cores;
    if (put_results_aside(own, options, error) != 0 || look_at_task(own, inside, error) != 0)
        return -1;
    if (chosen && !inside && own->waits)
        options->worker_count = bench_options_waiting_sweep(own->tasks, options->workers);
    else if (chosen)
        options->worker_count = topology_sweep(topology, options->workers, WORKER_COUNTS_AT_MOST);
    if (keep_what_fits(own, options, error) != 0)
        return -1;
    if (options->strategy_count == 0)
        choose_strategies(options, inside,
                          ROUNDS_FOR_ALL * round_seconds(own, options) < options->budget_s);
    if (chosen && !inside)
        keep_corners(own, options);
    own->watched = 2 * round_seconds(own, options) < options->budget_s;
    own->narrows = chosen && !inside && !options->dry_run && options->rounds == 0 &&
                   options->worker_count >= NUMBERS_TO_NARROW &&
                   round_seconds(own, options) * 2 < SHARE_OF_FIRST_LOOK * options->budget_s;
    make_time_for_intervals(own, options);
    return 0;
}

void own_program_print_plan(const struct own_program *own, const struct bench_options *options,
                            int config_count)
{
    double serial_s = own->tasks * own->task_s, round_s = round_seconds(own, options);
    double rounds = options->rounds > 0 ? (double)options->rounds : options->budget_s / round_s - 1;
    if (options->rounds == 0 && rounds > PLAN_ROUNDS_AT_MOST)
        rounds = PLAN_ROUNDS_AT_MOST;
    rounds = rounds < 1 ? 1 : (double)(int)rounds;
    printf("Plan: %d tasks of about %.3g s and %.0f MiB, %d configurations, %.0f round%s, "
           "about %.0f s; results are %s\n\n",
           own->tasks, own->task_s, own->task_kib / 1024, config_count, rounds,
           rounds > 1 ? "s" : "", serial_s + (rounds + own->watched) * round_s,
           own->compared ? "compared" : "not compared (--result PATTERN names them)");
    fflush(stdout);
}

void own_program_print_advice(const struct own_program *own, const struct result_set *set)
{
    struct advice advice;
    char text[ADVICE_LENGTH];
    if (!advice_find(set, &advice))
        return;
    advice_text(&advice, text);
    printf("%s", text);
    if (own->workers_that_fit < own->tasks)
        printf(" Memory allows %d.", own->workers_that_fit);
    putchar('\n');
}

void own_program_print_command(const struct own_program *own, const struct result_set *set)
{
    struct advice advice;
    if (!advice_find(set, &advice) ||
        strcmp(advice.chosen->setup.config.strategy, OWN_PROGRAM_INSIDE) == 0)
        return;
    const struct config *config = &advice.chosen->setup.config;
    char *command =
        advice_command(own->command, own->files, own->tasks, config->workers, config->blas_threads);
    if (command)
        printf("\n    %s\n\n", command);
    free(command);
}

int own_program_close(struct own_program *own, bool interrupted, struct error *error)
{
    if (interrupted)
        own->results.has_reference = false;
    int failed = result_files_finish(&own->results, error);
    free(own->compare);
    free(own->files);
    *own = (struct own_program){0};
    return failed;
}

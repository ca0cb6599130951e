/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/forecast/prediction.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/measure/forecast/basis.h"
#include "harness/report/table.h"
#include "harness/report/terminal.h"
#include "harness/results/results.h"

/* A result with its traces and runs, and what a forecast takes from them. */
struct source {
    struct result_set set;
    struct forecast_basis basis;
};

static void free_source(struct source *source)
{
    forecast_basis_destroy(&source->basis);
    result_set_destroy(&source->set);
}

static bool is_of(const struct trace_row *row, const struct config *config)
{
    return strcmp(row->strategy, config->strategy) == 0 && row->workers == config->workers &&
           row->lock == config->lock && row->blas_asked == config->blas_threads;
}

/* The tasks of this configuration's run in the trace; nothing where they are not all there. */
static int take_trace(struct summary *summary, const struct trace_row *rows, size_t count)
{
    int found = 0, tasks = summary->setup.tasks;
    summary->trace = calloc((size_t)tasks, sizeof *summary->trace);
    if (!summary->trace)
        return -1;
    for (size_t i = 0; i < count; i++)
        if (is_of(&rows[i], &summary->setup.config) && rows[i].task < tasks) {
            summary->trace[rows[i].task] = rows[i].time;
            found++;
        }
    if (found != tasks) {
        free(summary->trace);
        summary->trace = NULL;
    }
    return 0;
}

static int take_traces(struct result_set *set, const char *directory, struct error *error)
{
    struct trace_row *rows;
    size_t count;
    int failed = 0;
    if (results_read_trace(directory, &rows, &count, error) != 0)
        return -1;
    for (size_t i = 0; i < set->count && !failed; i++)
        failed = take_trace(&set->summaries[i], rows, count);
    free(rows);
    return failed ? error_set(error, directory, "no memory") : 0;
}

/* Wall times by round, 0 where a round has none. */
static int take_walls(struct result_set *set, const struct run_record *runs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (runs[i].round > set->rounds)
            set->rounds = runs[i].round;
    for (size_t k = 0; k < set->count; k++) {
        struct summary *summary = &set->summaries[k];
        summary->rounds = set->rounds;
        summary->runs = calloc((size_t)set->rounds + 1, sizeof *summary->runs);
        if (!summary->runs)
            return -1;
        for (size_t i = 0; i < count; i++)
            if (runs[i].status == RUN_OK && runs[i].round > 0 &&
                config_is_same(&runs[i].setup.config, &summary->setup.config))
                summary->runs[runs[i].round - 1].wall_s = runs[i].wall_s;
    }
    return 0;
}

/* Every round has rows: there are not more of them, or time and memory would go into empty ones. */
static int check_rounds(const struct run_record *runs, size_t count, const char *directory,
                        struct error *error)
{
    for (size_t i = 0; i < count; i++)
        if ((size_t)runs[i].round > count)
            return error_set(error, directory, "%s: row %zu is of round %d, and there are %zu rows",
                             runs_file.name, i + 1, runs[i].round, count);
    return 0;
}

static int take_runs(struct result_set *set, const char *directory, struct error *error)
{
    struct run_record *runs;
    size_t count;
    if (results_read_runs(directory, &runs, &count, error) != 0)
        return -1;
    int failed = check_rounds(runs, count, directory, error);
    if (!failed && take_walls(set, runs, count) != 0)
        failed = error_set(error, directory, "no memory");
    free(runs);
    return failed;
}

static int read_source(struct source *source, const char *directory, struct error *error)
{
    *source = (struct source){.set = {.count = 0}};
    if (results_read(directory, &source->set, error) != 0)
        return -1;
    if (take_traces(&source->set, directory, error) == 0 &&
        take_runs(&source->set, directory, error) == 0 &&
        forecast_basis_create(&source->basis, &source->set, directory, error) == 0)
        return 0;
    free_source(source);
    return -1;
}

static void put_row(FILE *stream, const char *label, int workers, const struct forecast *forecast,
                    const struct summary *measured)
{
    char wall[40], speedup[40], found[16] = "";
    snprintf(wall, sizeof wall, "%.4g (%.3g-%.3g)", forecast->wall_s.value, forecast->wall_s.low,
             forecast->wall_s.high);
    snprintf(speedup, sizeof speedup, "%.2f (%.2f-%.2f)", forecast->speedup.value,
             forecast->speedup.low, forecast->speedup.high);
    if (measured)
        snprintf(found, sizeof found, "%.2f", measured->speedup.value);
    if (*found)
        fprintf(stream, "%-20s %7d  %-20s  %-18s %8s\n", label, workers, wall, speedup, found);
    else
        fprintf(stream, "%-20s %7d  %-20s  %s\n", label, workers, wall, speedup);
}

static const struct summary *find_measured(const struct result_set *set,
                                           const struct config *config, int workers)
{
    for (size_t i = 0; i < set->count; i++)
        if (config_is_same_strategy(&set->summaries[i].setup.config, config) &&
            set->summaries[i].setup.config.workers == workers && set->summaries[i].status == RUN_OK)
            return &set->summaries[i];
    return NULL;
}

static void put_machine(FILE *stream, const struct machine_model *machine)
{
    char cores[CORE_SPEEDS_TEXT], quota[64] = "", text[CORE_SPEEDS_TEXT + 256];
    core_speeds_sentence(&machine->speeds, cores);
    if (!*cores)
        snprintf(cores, sizeof cores, "%d core%s", machine->cores, machine->cores == 1 ? "" : "s");
    if (machine->quota > 0)
        snprintf(quota, sizeof quota, ", a quota of %.4g CPUs", machine->quota);
    snprintf(text, sizeof text,
             "Forecast for %s%s. In brackets: where 95 of 100 single runs should lie.", cores,
             quota);
    terminal_print_text(text, stream);
    fputc('\n', stream);
}

static void put_strategy(FILE *stream, struct source *source, const struct config *config,
                         const struct machine_model *machine, const int *workers, int count)
{
    struct strategy_model model;
    char label[LABEL_LENGTH];
    if (!forecast_model(&source->basis, config, &model))
        return;
    table_label(forecast_source(&source->set, config), label);
    for (int k = 0; k < count; k++) {
        struct forecast forecast =
            forecast_run(&source->basis, machine, config, &model, workers[k]);
        put_row(stream, label, workers[k], &forecast,
                find_measured(&source->set, config, workers[k]));
    }
}

int prediction_print(const char *directory, const struct machine_model *machine, const int *workers,
                     int count, FILE *stream, struct error *error)
{
    struct source source;
    if (read_source(&source, directory, error) != 0)
        return -1;
    put_machine(stream, machine);
    fprintf(stream, "%-20s %7s  %-20s  %-18s %8s\n", "strategy", "workers", "wall s", "speedup",
            "measured");
    for (size_t i = 0; i < source.set.count; i++) {
        const struct config *config = &source.set.summaries[i].setup.config;
        if (forecast_possible(config) &&
            forecast_source(&source.set, config) == &source.set.summaries[i])
            put_strategy(stream, &source, config, machine, workers, count);
    }
    fputc('\n', stream);
    terminal_print_text(
        "It is made from the tasks of the serial run and from what starting workers "
        "and handing out tasks cost on the fewest workers. It does not know what "
        "workers take from each other: memory bandwidth, shared caches, the clock "
        "when all cores are busy. Where a measurement stays below its forecast, "
        "look there.",
        stream);
    free_source(&source);
    return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/forecast/prediction.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness/report/table.h"
#include "harness/results/results.h"

/* All that a forecast is made from. */
struct basis {
    struct result_set set;
    struct trace_row *trace;
    size_t trace_count;
    double *task_s; /* of each task, in the serial run */
    int tasks;
    double *serial_walls;
    size_t rounds;
    struct predict_task *run; /* room for the tasks of one run */
};

static void free_basis(struct basis *basis)
{
    result_set_destroy(&basis->set);
    free(basis->trace);
    free(basis->task_s);
    free(basis->serial_walls);
    free(basis->run);
}

/* The tasks of this configuration's run in the trace, into basis->run; false where they are not all
 * there. */
static bool find_run(struct basis *basis, const struct config *config)
{
    int found = 0;
    for (size_t i = 0; i < basis->trace_count; i++) {
        const struct trace_row *row = &basis->trace[i];
        if (strcmp(row->strategy, config->strategy) != 0 || row->workers != config->workers ||
            row->lock != config->lock || row->blas_asked != config->blas_threads ||
            row->task >= basis->tasks)
            continue;
        basis->run[row->task] =
            (struct predict_task){row->time.worker, row->time.start_s, row->time.end_s};
        found++;
    }
    return found == basis->tasks;
}

static int take_serial_walls(struct basis *basis, const char *directory, struct error *error)
{
    struct run_record *runs;
    size_t count;
    if (results_read_runs(directory, &runs, &count, error) != 0)
        return -1;
    basis->serial_walls = calloc(count ? count : 1, sizeof *basis->serial_walls);
    for (size_t i = 0; basis->serial_walls && i < count; i++)
        if (strcmp(runs[i].setup.config.strategy, "serial") == 0 && runs[i].status == RUN_OK)
            basis->serial_walls[basis->rounds++] = runs[i].wall_s;
    free(runs);
    return basis->serial_walls ? 0 : error_set(error, directory, "no memory");
}

static int read_basis(struct basis *basis, const char *directory, struct error *error)
{
    *basis = (struct basis){.tasks = 0};
    if (results_read(directory, &basis->set, error) != 0)
        return -1;
    const struct summary *serial = result_set_find(&basis->set, "serial", 1);
    if (!serial)
        return error_set(error, directory, "has no serial run that was right");
    basis->tasks = serial->setup.tasks;
    basis->task_s = calloc((size_t)basis->tasks, sizeof *basis->task_s);
    basis->run = calloc((size_t)basis->tasks, sizeof *basis->run);
    if (!basis->task_s || !basis->run)
        return error_set(error, directory, "no memory");
    if (results_read_trace(directory, &basis->trace, &basis->trace_count, error) != 0 ||
        take_serial_walls(basis, directory, error) != 0)
        return -1;
    if (!find_run(basis, &serial->setup.config) || basis->rounds == 0)
        return error_set(error, directory, "has no trace of the serial run");
    for (int i = 0; i < basis->tasks; i++)
        basis->task_s[i] = basis->run[i].end_s - basis->run[i].start_s;
    return 0;
}

/* The library's threads share every task: there are no shares to simulate; and the serial one has
 * no more workers. */
static bool can_be_simulated(const struct config *config)
{
    return config->blas_threads <= 1 && strcmp(config->strategy, "blas") != 0 &&
           strcmp(config->strategy, "serial") != 0;
}

static bool same_strategy(const struct config *a, const struct config *b)
{
    return strcmp(a->strategy, b->strategy) == 0 && a->lock == b->lock &&
           a->blas_threads == b->blas_threads;
}

/* The summary of this strategy on the fewest workers, or on the most; NULL: none was right. */
static const struct summary *extreme(const struct result_set *set, const struct config *config,
                                     bool most)
{
    const struct summary *found = NULL;
    for (size_t i = 0; i < set->count; i++) {
        const struct summary *summary = &set->summaries[i];
        if (summary->status != RUN_OK || !same_strategy(&summary->setup.config, config))
            continue;
        int difference = found ? summary->setup.config.workers - found->setup.config.workers : 0;
        if (!found || (most ? difference > 0 : difference < 0))
            found = summary;
    }
    return found;
}

/* The costs from its run on the fewest workers; how it shares and what each further worker costs,
 * which one worker does not show, from that on the most. */
static bool model_of(struct basis *basis, const struct config *config, struct strategy_model *model)
{
    struct strategy_model shares = {.fixed = false};
    const struct summary *most = extreme(&basis->set, config, true);
    const struct summary *fewest = extreme(&basis->set, config, false);
    if (!fewest)
        return false;
    if (most->setup.config.workers > 1 && find_run(basis, &most->setup.config) &&
        predict_costs(basis->run, basis->tasks, most->setup.config.workers, most->wall_s.value,
                      false, &shares) != 0)
        return false;
    if (!find_run(basis, &fewest->setup.config) ||
        predict_costs(basis->run, basis->tasks, fewest->setup.config.workers, fewest->wall_s.value,
                      shares.fixed, model) != 0)
        return false;
    model->blocks = shares.blocks;
    if (most->setup.config.workers > 1)
        model->start_each_s = shares.start_each_s;
    model->one_at_a_time = config->lock == LOCK_HELD;
    return true;
}

/* Waiting takes no core: such tasks have one each. */
static struct forecast forecast_of(const struct basis *basis, const struct machine_model *machine,
                                   const struct strategy_model *model, int workers)
{
    struct machine_model without_end = {0};
    const struct machine_model *used = machine;
    struct error ignored;
    char text[16];
    snprintf(text, sizeof text, "%d", workers);
    if (!isnan(basis->set.summaries[0].setup.latency_s) &&
        model_of_text(&without_end, "", text, &ignored) == 0)
        used = &without_end;
    struct forecast forecast = predict_run(used, model, basis->task_s, basis->tasks, workers,
                                           basis->serial_walls, basis->rounds);
    model_destroy(&without_end);
    return forecast;
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
        fprintf(stream, "%-18s  %7d  %-22s  %-18s  %8s\n", label, workers, wall, speedup, found);
    else
        fprintf(stream, "%-18s  %7d  %-22s  %s\n", label, workers, wall, speedup);
}

static const struct summary *find_measured(const struct result_set *set,
                                           const struct config *config, int workers)
{
    for (size_t i = 0; i < set->count; i++)
        if (same_strategy(&set->summaries[i].setup.config, config) &&
            set->summaries[i].setup.config.workers == workers && set->summaries[i].status == RUN_OK)
            return &set->summaries[i];
    return NULL;
}

static void put_machine(FILE *stream, const struct machine_model *machine)
{
    fprintf(stream, "Forecast for %d core%s", machine->cores, machine->cores == 1 ? "" : "s");
    if (machine->slow_cores > 0)
        fprintf(stream, " (%d of them slower: %.0f %% of the others' speed, which is assumed)",
                machine->slow_cores, 100 * MODEL_SLOW_CORE);
    if (machine->count > machine->cores)
        fprintf(stream,
                ", %d hardware threads (the second of a core adds %.0f %%, which is assumed)",
                machine->count, 100 * machine->second_thread);
    if (machine->quota > 0)
        fprintf(stream, ", a quota of %.4g CPUs", machine->quota);
    fprintf(stream, ". In brackets: where 95 of 100 single runs are to lie.\n\n");
}

int prediction_print(const char *directory, const struct machine_model *machine, const int *workers,
                     int count, FILE *stream, struct error *error)
{
    struct basis basis;
    if (read_basis(&basis, directory, error) != 0) {
        free_basis(&basis);
        return -1;
    }
    put_machine(stream, machine);
    fprintf(stream, "%-18s  %7s  %-22s  %-18s  %s\n", "strategy", "workers", "wall s", "speedup",
            "measured");
    for (size_t i = 0; i < basis.set.count; i++) {
        const struct config *config = &basis.set.summaries[i].setup.config;
        struct strategy_model model;
        char label[LABEL_LENGTH];
        if (!can_be_simulated(config) ||
            extreme(&basis.set, config, false) != &basis.set.summaries[i] ||
            !model_of(&basis, config, &model))
            continue;
        table_label(&basis.set.summaries[i], label);
        for (int k = 0; k < count; k++) {
            struct forecast forecast = forecast_of(&basis, machine, &model, workers[k]);
            put_row(stream, label, workers[k], &forecast,
                    find_measured(&basis.set, config, workers[k]));
        }
    }
    fprintf(stream, "\nIt is made from the tasks of the serial run and from what starting workers "
                    "and handing out\ntasks cost on the fewest workers. It does not know what "
                    "workers take from each other:\nmemory bandwidth, shared caches, the clock "
                    "when all cores are busy. Where a measurement\nstays below its forecast, look "
                    "there.\n");
    free_basis(&basis);
    return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/judge/evidence.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "strategies/strategy.h"

/* A command of the user's own: the thread that runs a task waits for another process. */
static bool is_program(const struct config *config)
{
    return strcmp(config->filter, "command") == 0;
}

/* Whether tasks wait for something else, so that what they do off the CPU is their work. */
static bool waits(const struct setup *setup)
{
    return setup->latency_s >= 0 || is_program(&setup->config); /* false for NaN */
}

/* Whether each worker is one thread that runs whole tasks in memory: only then does its CPU time say
 * what it was kept from. A task that reads and writes files may wait for the disk. */
static bool tells(const struct config *config)
{
    const struct strategy *strategy = strategy_find(config->strategy);
    return strategy && !strategy->library_workers && config->blas_threads <= 1 &&
           config->io == IO_MEMORY && !is_program(config);
}

struct verdict_run *evidence_of_runs(const struct samples *samples, int rounds)
{
    const double nothing = (double)NAN;
    struct verdict_run *runs = calloc((size_t)(rounds ? rounds : 1), sizeof *runs);
    for (int i = 0; runs && i < rounds; i++) {
        const struct run_figures *figures = &samples->figures[i];
        runs[i] = (struct verdict_run){.wall_s = figures->wall_s,
                                       .cpu_s = figures->user_s + figures->sys_s,
                                       .task_s = nothing,
                                       .task_cpu_s = nothing,
                                       .taken_s = nothing};
        if (!tells(&samples->setup.config))
            continue;
        runs[i].task_s = samples->task_s[i];
        runs[i].taken_s = samples->task_queue_s[i];
        /* Where a thread's own clock could not be read, the CPU time of the whole run stands in. */
        runs[i].task_cpu_s = isnan(samples->task_cpu_s[i]) ? runs[i].cpu_s : samples->task_cpu_s[i];
    }
    return runs;
}

/* ---- losses ------------------------------------------------------------------------------------- */

static void copy_round(const struct samples *samples, const struct samples *serial, int run,
                       struct loss_task *tasks, double *serial_task_s, struct loss_round *round)
{
    bool off_cpu_is_work = waits(&samples->setup);
    double *serial_cpu_s = serial_task_s + samples->setup.tasks;
    double start_s = serial->traces[run][0].start_s, end_s = serial->traces[run][0].end_s;
    for (int i = 0; i < samples->setup.tasks; i++) {
        const struct task_time *time = &samples->traces[run][i], *alone = &serial->traces[run][i];
        tasks[i] = (struct loss_task){.worker = time->worker,
                                      .start_s = time->start_s,
                                      .end_s = time->end_s,
                                      .cpu_s = off_cpu_is_work ? (double)NAN : time->cpu_s,
                                      .queue_s = time->queue_s,
                                      .queue_before_s = time->queue_before_s};
        serial_task_s[i] = alone->end_s - alone->start_s;
        serial_cpu_s[i] = alone->cpu_s;
        start_s = fmin(start_s, alone->start_s);
        end_s = fmax(end_s, alone->end_s);
    }
    *round = (struct loss_round){.serial_wall_s = serial->figures[run].wall_s,
                                 .wall_s = samples->figures[run].wall_s,
                                 .serial_task_s = serial_task_s,
                                 .serial_cpu_s = serial_cpu_s,
                                 .serial_start_s = start_s,
                                 .serial_end_s = end_s,
                                 .tasks = tasks};
}

int evidence_of_losses(const struct samples *samples, const struct samples *serial, int rounds,
                       struct losses *mean, struct losses *error)
{
    const struct config *config = &samples->setup.config;
    const struct strategy *strategy = strategy_find(config->strategy);
    size_t tasks = (size_t)samples->setup.tasks, count = 0, most = (size_t)rounds + 1;
    int failed = 0;
    *mean = *error = losses_unknown();
    if (!strategy || strategy->library_workers || config->blas_threads > 1)
        return 0;
    struct loss_task *times = calloc(most * tasks + 1, sizeof *times);
    double *serial_task_s = calloc(2 * most * tasks + 1, sizeof *serial_task_s); /* and CPU times */
    struct loss_round *kept = calloc(most, sizeof *kept);
    if (times && serial_task_s && kept) {
        for (int run = 0; run < rounds; run++)
            if (samples->traces[run] && serial->traces[run]) {
                copy_round(samples, serial, run, times + count * tasks,
                           serial_task_s + 2 * count * tasks, &kept[count]);
                count++;
            }
        if (count > 0)
            failed = losses_split(kept, count, samples->setup.tasks, config->workers, mean, error);
    } else {
        failed = -1;
    }
    free(times);
    free(serial_task_s);
    free(kept);
    return failed;
}

/* ---- verdict ------------------------------------------------------------------------------------ */

static void let_go(struct verdict_config *configs, struct verdict_run **runs, int count)
{
    for (int i = 0; runs && i < count; i++)
        free(runs[i]);
    free(runs);
    free(configs);
}

/* Of the best configuration. */
static int count_good(const struct verdict_case *facts, int best, int *good, bool *last)
{
    bool *which = calloc(facts->rounds, sizeof *which);
    if (!which)
        return -1;
    *good = (int)verdict_good_rounds(facts, &facts->configs[best], which);
    *last = which[facts->rounds - 1];
    free(which);
    return 0;
}

int evidence_good_rounds(const struct samples *samples, int count, int rounds, double usable,
                         int *good, bool *last)
{
    *good = rounds;
    *last = true;
    if (rounds == 0 || !(usable > 0))
        return 0;
    struct verdict_config *configs = calloc((size_t)count, sizeof *configs);
    struct verdict_run **runs = calloc((size_t)count, sizeof *runs);
    struct verdict verdict = {.best = -1};
    int failed = configs && runs ? 0 : -1;
    for (int i = 0; i < count && !failed; i++) {
        bool whole = samples[i].status == RUN_OK && samples[i].count >= rounds;
        runs[i] = evidence_of_runs(&samples[i], whole ? rounds : 0);
        failed = runs[i] ? 0 : -1;
        configs[i] = (struct verdict_config){.label = samples[i].setup.config.strategy,
                                             .workers = samples[i].setup.config.workers,
                                             .right = whole,
                                             .ceiling = samples[i].ceiling,
                                             .runs = runs[i]};
    }
    if (!failed) {
        const struct verdict_case facts = {.configs = configs,
                                           .count = (size_t)count,
                                           .rounds = (size_t)rounds,
                                           .waits = waits(&samples[0].setup),
                                           .usable = usable};
        failed = verdict_judge(&facts, &verdict);
        if (!failed && verdict.best >= 0)
            failed = count_good(&facts, verdict.best, good, last);
    }
    let_go(configs, runs, count);
    return failed;
}

static int judge(const struct result_set *set, double usable, double budget_s,
                 const char *disturbed, const char *remedy, struct verdict *verdict)
{
    struct verdict_config *configs = calloc(set->count, sizeof *configs);
    char(*labels)[VERDICT_LABEL] = calloc(set->count, sizeof *labels);
    int failed = -1;
    if (configs && labels) {
        for (size_t i = 0; i < set->count; i++) {
            const struct summary *summary = &set->summaries[i];
            const struct config *config = &summary->setup.config;
            config_label(config->strategy, config->lock, config->blas_threads, labels[i],
                         sizeof labels[i]);
            configs[i] =
                (struct verdict_config){.label = labels[i],
                                        .workers = config->workers,
                                        .right = summary->status == RUN_OK && summary->runs,
                                        .incorrect = summary->status == RUN_WRONG,
                                        .ceiling = summary->ceiling,
                                        .runs = summary->runs,
                                        .again = summary->again};
        }
        struct verdict_case facts = {.configs = configs,
                                     .count = set->count,
                                     .rounds = (size_t)set->rounds,
                                     .waits = waits(&set->summaries[0].setup),
                                     .usable = usable,
                                     .budget_s = budget_s,
                                     .disturbed = disturbed,
                                     .remedy = remedy};
        failed = verdict_judge(&facts, verdict);
    }
    free(configs);
    free(labels);
    return failed;
}

/* The words of a verdict, for machine.txt and all that reads it. */
static void put_into_words(const struct verdict *verdict, struct machine_facts *machine)
{
    snprintf(machine->verdict, sizeof machine->verdict, "%s", verdict->text);
    snprintf(machine->remedy, sizeof machine->remedy, "%s", verdict->remedy);
    snprintf(machine->alike, sizeof machine->alike, "%s", verdict->alike);
    snprintf(machine->noise_floor, sizeof machine->noise_floor, "%s", verdict->floors);
    machine->estimate[0] = '\0';
    if (!isnan(verdict->estimate))
        snprintf(machine->estimate, sizeof machine->estimate, "%.2f", verdict->estimate);
}

int evidence_conclude(struct result_set *set, const struct disturbance *disturbance, double usable,
                      double budget_s, struct verdict *verdict, struct error *error)
{
    char seen[2 * FINDING_TEXT], remedy[2 * FINDING_TEXT];
    disturbance_text(disturbance, seen, remedy, sizeof seen);
    if (judge(set, usable, budget_s, seen, remedy, verdict) != 0)
        return error_set(error, "verdict", "no memory");
    put_into_words(verdict, &set->machine);
    return 0;
}

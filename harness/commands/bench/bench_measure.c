/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "harness/base/clock.h"
#include "harness/commands/bench/bench_run.h"
#include "harness/commands/bench/record.h"
#include "harness/commands/forecast/bench_cores.h"
#include "harness/commands/forecast/bench_forecast.h"
#include "harness/measure/blas/blas_speed.h"
#include "harness/measure/command/compare_results.h"
#include "harness/measure/judge/evidence.h"
#include "harness/measure/run/launch.h"
#include "harness/report/findings.h"
#include "harness/report/terminal.h"
#include "harness/results/identity.h"
#include "harness/results/resume/plan_file.h"

/* Prints a line about the BLAS library that is measured, and warns where it is too slow to tell
 * anything. */
static int look_at_blas(struct bench *bench, struct error *error)
{
    struct machine_facts *machine = &bench->set.machine;
    struct blas_library library;
    struct blas_verdict verdict;
    blas_library_look(&library);
    if (blas_verdict_find(&verdict, &library, error) != 0)
        return -1;
    bool named = strcmp(library.kernel, "unknown") != 0;
    bool threaded = strcmp(library.threading, "none") != 0;
    char text[4 * BLAS_TEXT];
    snprintf(text, sizeof text, "BLAS: %.100s (%.60s%s%.40s), %.1f GFLOP/s on one; plain C: %.1f",
             library.name, named ? library.kernel : "", named ? ", " : "",
             threaded ? library.threading : "no threads", verdict.speed.library_gflops,
             verdict.speed.plain_gflops);
    terminal_print_text(text, stdout);
    if (!bench->section)
        putchar('\n');
    if (*verdict.text)
        warnings_add(&machine->warnings, "%s%s", FINDINGS_BLAS_MARK, verdict.text);
    return 0;
}

/* Warnings about the machine. A section prints them only before it begins, and of several sections
 * only the first one; otherwise they are kept silently, for the verdict at the end has them. */
static void warn_of_machine(struct bench *bench, bool begins)
{
    struct warnings *warnings = &bench->set.machine.warnings;
    bool later = *bench->where && bench->section != &sections[0];
    warnings->silent = bench->section && (!begins || later);
    looks_warn(&bench->disturbance, bench->section != NULL, warnings);
    warnings->silent = false;
}

/* What disturbs already is said before minutes are spent. */
static int look_before(struct bench *bench, struct error *error)
{
    struct warnings *warnings = &bench->set.machine.warnings;
    if (looks_begin(&bench->looks, &bench->topology, error) != 0)
        return -1;
    looks_judge(&bench->looks, &bench->disturbance);
    warn_of_machine(bench, true);
    if (*bench->cut && *bench->where) /* in one line */
        warnings_add(warnings, "lack of time: %s", bench->cut);
    else if (*bench->cut)
        warnings_add(warnings, "for lack of time: %s; --budget gives more", bench->cut);
    if (!bench->topology.can_bind)
        warnings_add(warnings, "workers cannot be bound to cores on this system; expect more "
                               "spread");
    return 0;
}

/* How many CPUs may be used at a time. */
static double usable(const struct topology *topology)
{
    double threads = topology->threads, quota = topology->quota;
    return quota > 0 && quota < threads ? quota : threads;
}

static int conclude(struct bench *bench, struct error *error)
{
    struct verdict verdict;
    looks_judge(&bench->looks, &bench->disturbance);
    warn_of_machine(bench, false);
    return evidence_conclude(&bench->set, &bench->disturbance, usable(&bench->topology),
                             bench->options.budget_s, &verdict, error);
}

/* What is left until the deadline, where there is one, less the time to draw a section's graphs. */
static double budget_of(const struct bench *bench)
{
    const double GRAPHS_S = 1.5;
    if (bench->deadline_s <= 0) /* rounds were asked for, or it is resumed */
        return bench->options.budget_s * (bench->section ? bench->section->share : 1);
    double left_s = bench->deadline_s - clock_seconds() - (bench->section ? GRAPHS_S : 0);
    return left_s > 0 ? left_s : 0;
}

struct experiment bench_experiment(struct bench *bench)
{
    bool own = bench->options.command && bench->options.file_count;
    return (struct experiment){.configs = bench->configs,
                               .config_count = bench->config_count,
                               .images = bench->inputs.images,
                               .image_count = bench->inputs.count,
                               .rounds = (int)bench->options.rounds,
                               .rounds_at_most = bench->rounds_at_most,
                               .budget_s = budget_of(bench),
                               .keep = bench->keep,
                               .limit_s = bench->options.limit_s,
                               .files = own ? bench->options.files : bench->inputs.files,
                               .hosts = bench->options.hosts,
                               .where = *bench->where ? bench->where : NULL,
                               .later_s = bench->later_s,
                               .directory = bench->options.directory,
                               .command = bench->options.command,
                               .unwatched = bench->options.command && !bench->own.watched,
                               .results = bench->own.compared ? &bench->own.results : NULL,
                               .compare = compare_results,
                               .compare_context = bench->own.compare};
}

/* Begins the files, or goes on with them. plan.json is written first, so that a benchmark that is
 * killed at any moment can be resumed. */
static int open_files(struct bench *bench, struct results *results, struct error *error)
{
    const char *directory = bench->options.directory;
    struct machine_facts *machine = &bench->set.machine;
    struct checkpoint *checkpoint = &bench->checkpoint;
    if (checkpoint->file) {
        memcpy(machine->benchmark, checkpoint->head.benchmark, sizeof machine->benchmark);
        return results_reopen(results, directory, machine, checkpoint->rounds, error);
    }
    identity_make(machine->benchmark);
    struct checkpoint_head head = {.image_count = bench->inputs.count,
                                   .config_count = bench->config_count};
    memcpy(head.benchmark, machine->benchmark, sizeof head.benchmark);
    if (plan_file_write(directory, machine, bench->section ? bench->section->name : "",
                        bench->line->argc, bench->line->argv, error) != 0 ||
        results_open(results, directory, machine, error) != 0)
        return -1;
    if (checkpoint_create(checkpoint, directory, &head, bench->configs, error) == 0)
        return 0;
    results_discard(results);
    return -1;
}

/* Measures in the time that is left now. */
static int run(struct bench *bench, struct experiment *experiment, const struct observer *observer,
               struct error *error)
{
    experiment->budget_s = budget_of(bench);
    experiment->usable = usable(&bench->topology);
    return experiment_run(experiment, observer, &bench->set, error);
}

int bench_measure(struct bench *bench, struct error *error)
{
    const char *directory = bench->options.directory;
    struct machine_facts *machine = &bench->set.machine;
    struct results results;
    struct experiment experiment = bench_experiment(bench);
    struct machine_model cores = {0};
    experiment.checkpoint = &bench->checkpoint;
    experiment.machine = &cores;
    machine_describe(machine, &bench->topology, bench->command);
    struct early early = {.directory = directory,
                          .machine = machine,
                          .topology = &bench->topology,
                          .effort_h = bench->options.effort_h,
                          .next_s = clock_seconds() + EARLY_NOT_BEFORE_S};
    struct recorder recorder = {&results, &bench->looks, &early};
    struct observer observer = record_into(&recorder);
    if (open_files(bench, &results, error) != 0)
        return -1;
    if ((filter_find(bench->options.config.filter)->uses_blas && look_at_blas(bench, error) != 0) ||
        look_before(bench, error) != 0 || bench_cores(bench, &cores, error) != 0 ||
        bench_forecast(bench, &experiment, error) != 0 ||
        run(bench, &experiment, &observer, error) != 0 || conclude(bench, error) != 0) {
        results_discard(&results);
        model_destroy(&cores);
        return -1;
    }
    model_destroy(&cores);
    bool complete = !launch_interrupted();
    if (results_commit(&results, &bench->set, error) != 0 ||
        machine_write(directory, &bench->topology, machine, &bench->disturbance, error) != 0)
        return -1;
    checkpoint_close(&bench->checkpoint, complete);
    return 0;
}

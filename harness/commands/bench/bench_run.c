/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/bench/bench_run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "harness/base/directory.h"
#include "harness/base/output.h"
#include "harness/base/process/leftovers.h"
#include "harness/commands/bench/bench_configs.h"
#include "harness/commands/bench/bench_dry_run.h"
#include "harness/commands/bench/bench_present.h"
#include "harness/commands/bench/own_narrow.h"
#include "harness/commands/bench/resume.h"
#include "harness/measure/forecast/model.h"
#include "harness/measure/run/guard.h"
#include "harness/measure/run/launch.h"

static void remember_command(struct bench *bench, const struct command_line *line)
{
    size_t used = (size_t)snprintf(bench->command, sizeof bench->command, "speedup");
    for (int i = 0; i < line->argc && used < sizeof bench->command; i++)
        used += (size_t)snprintf(bench->command + used, sizeof bench->command - used, " %s",
                                 line->argv[i]);
}

static int list_configs(struct bench *bench, struct error *error)
{
    free(bench->configs);
    bench->configs = NULL;
    return bench_configs_list(&bench->options, &bench->topology, &bench->configs,
                              &bench->config_count, error);
}

static int get_inputs(struct bench *bench, struct error *error)
{
    const struct bench_options *options = &bench->options;
    if (options->command)
        return inputs_number(&bench->inputs, bench->own.tasks, error);
    if (options->file_count > 0)
        return inputs_read(&bench->inputs, options->file_count, options->files, error);
    if (filter_find(options->config.filter)->waiting)
        return inputs_number(&bench->inputs, (int)options->images, error);
    return inputs_make(&bench->inputs, (int)options->images, options->size.ny, options->size.nx,
                       (unsigned long)options->seed, topology_most_workers(&bench->topology),
                       error);
}

static int present(const struct bench *bench, struct error *error)
{
    const struct presentation how = {.directory = bench->options.directory,
                                     .section = bench->section,
                                     .own_command = bench->options.command != NULL,
                                     .wide = bench->options.wide,
                                     .keep = bench->options.keep,
                                     .effort_h = bench->options.effort_h};
    if (!bench->options.command)
        return bench_present(&bench->set, &how, error);
    own_program_print_advice(&bench->own, &bench->set);
    if (bench_present(&bench->set, &how, error) != 0)
        return -1;
    own_program_print_command(&bench->own, &bench->set);
    own_program_print_advice(&bench->own, &bench->set);
    return 0;
}

/* One task alone, before the numbers of workers are chosen; and where there is time, all of them on
 * few numbers of workers, before the others are. */
static int prepare_command(struct bench *bench, struct error *error)
{
    if (own_program_try(&bench->own, &bench->options, &bench->topology, error) != 0 ||
        get_inputs(bench, error) != 0 || list_configs(bench, error) != 0)
        return -1;
    if (bench->own.narrows && !bench->checkpoint.file) {
        struct experiment first_look = bench_experiment(bench);
        if (own_narrow(&first_look, &bench->options, error) != 0 || list_configs(bench, error) != 0)
            return -1;
    }
    own_program_print_plan(&bench->own, &bench->options, bench->config_count);
    return 0;
}

/* What was chosen when it was begun is not chosen anew. */
static int take_configs(struct bench *bench, struct error *error)
{
    const struct checkpoint *checkpoint = &bench->checkpoint;
    size_t count = (size_t)checkpoint->head.config_count;
    if (bench->inputs.count != checkpoint->head.image_count)
        return error_set(error, checkpoint->path, "is of %d images, and there are %d now",
                         checkpoint->head.image_count, bench->inputs.count);
    struct config *configs = calloc(count, sizeof *configs);
    if (!configs)
        return error_set(error, "bench", "no memory");
    memcpy(configs, checkpoint->configs, count * sizeof *configs);
    free(bench->configs);
    bench->configs = configs;
    bench->config_count = checkpoint->head.config_count;
    return 0;
}

static int prepare(struct bench *bench, struct error *error)
{
    bool resumed = bench->checkpoint.file;
    if (bench->options.command ? prepare_command(bench, error) != 0
                               : get_inputs(bench, error) != 0 || list_configs(bench, error) != 0)
        return -1;
    return resumed ? take_configs(bench, error) : 0;
}

/* An earlier result in this place took minutes of somebody's: it is kept, under another name. */
static int make_directory(const char *directory, struct error *error)
{
    char kept[PATH_MAX];
    leftovers_remove(directory);
    if (directory_set_aside(directory, "runs.csv", kept, error) != 0)
        return -1;
    if (*kept)
        fprintf(stderr, "speedup: the earlier results are kept in %s\n", kept);
    return directory_create(directory, error);
}

static enum exit_code plan_only(struct bench *bench, struct error *error)
{
    struct dry_run dry_run = {.title = bench->section ? bench->section->name : "plan",
                              .options = &bench->options,
                              .topology = &bench->topology};
    if (bench->options.command) /* how long a task takes nobody knows but who has run one */
        return launch_catch_signals(error) != 0 || prepare_command(bench, error) != 0
                   ? EXIT_CODE_FAILED
                   : EXIT_CODE_DONE;
    if (list_configs(bench, error) != 0)
        return EXIT_CODE_FAILED;
    dry_run.configs = bench->configs;
    dry_run.config_count = bench->config_count;
    return bench_dry_run(&dry_run, stdout, error) == 0 ? EXIT_CODE_DONE : EXIT_CODE_FAILED;
}

/* A complete one is none to go on with, unless it is a section of a lesson that is not: then *done. */
static int go_on(struct bench *bench, bool *done, struct error *error)
{
    const char *directory = bench->options.directory;
    enum resume_state state = resume_look(directory);
    leftovers_remove(directory);
    *done = state == RESUME_COMPLETE && bench->section;
    if (*done)
        printf("is complete: %s/report.html\n", directory);
    else if (state == RESUME_COMPLETE)
        return error_set(error, "--resume", "the benchmark in %s is complete", directory);
    if (state == RESUME_NOTHING)
        return make_directory(directory, error);
    return *done ? 0 : checkpoint_open(&bench->checkpoint, directory, error);
}

static enum exit_code run_prepared(struct bench *bench, struct error *error)
{
    bool done = false;
    if (bench->options.dry_run)
        return plan_only(bench, error);
    if ((bench->options.resume ? go_on(bench, &done, error)
                               : make_directory(bench->options.directory, error)) != 0)
        return EXIT_CODE_FAILED;
    if (done)
        return EXIT_CODE_DONE;
    if (launch_catch_signals(error) != 0)
        return EXIT_CODE_FAILED;
    guard_tidy(bench->options.directory);
    if (prepare(bench, error) != 0)
        return EXIT_CODE_FAILED;
    if (bench_measure(bench, error) != 0 || present(bench, error) != 0)
        return EXIT_CODE_FAILED;
    if (launch_interrupted()) {
        error_set(error, "interrupted",
                  "what was measured is in %s; `speedup bench --resume %s` goes on",
                  bench->options.directory, bench->options.directory);
        return EXIT_CODE_FAILED;
    }
    int failures = result_set_failures(&bench->set);
    if (failures > 0) {
        error_set(error, "bench", "%d of %d configurations did not run or were not right", failures,
                  bench->config_count);
        return EXIT_CODE_FAILED;
    }
    return EXIT_CODE_DONE;
}

static void clean_up(struct bench *bench)
{
    free(bench->configs);
    checkpoint_close(&bench->checkpoint, bench->checkpoint.rounds == 0);
    result_set_destroy(&bench->set);
    looks_destroy(&bench->looks);
    inputs_free(&bench->inputs);
    topology_destroy(&bench->topology);
}

/* Before the budget becomes that of the section. */
static void join_lesson(struct bench *bench, const struct section *section)
{
    int number = 0, all = 0;
    bench->section = section;
    for (const struct section *other = sections; other->name; other++) {
        all++;
        number += other <= section;
        bench->later_s += other > section ? bench->options.budget_s * other->share : 0;
    }
    snprintf(bench->where, sizeof bench->where, "section %d of %d", number, all);
}

/* The options of a section are what its presets leave of the user's; it has a share of the time and
 * a directory of its own, whose name is put into `directory`. */
static int enter_section(struct bench *bench, const struct section *section,
                         char directory[PATH_MAX], struct error *error)
{
    struct bench_options *options = &bench->options;
    if (strcmp(options->section, "all") == 0)
        join_lesson(bench, section);
    options->budget_s *= section->share;
    printf("== %s ==\n", section->title);
    if (!section->subdirectory || (options->resume && !bench->section)) /* it is there already */
        return 0;
    if (output_path(directory, options->directory, section->subdirectory, error) != 0)
        return -1;
    options->directory = directory;
    return 0;
}

/* This machine, or one in words. */
static int load_topology(struct topology *topology, const char *text, struct error *error)
{
    char synthetic[256];
    struct error why;
    if (!text)
        return topology_load(topology, NULL, error);
    model_synthetic_text(text, synthetic, sizeof synthetic);
    if (topology_load(topology, synthetic, &why) != 0)
        return model_text_error("--topology", text, error);
    return 0;
}

enum exit_code bench_run(const struct section *section, const struct bench_options *options,
                         const struct command_line *line, struct error *error)
{
    struct bench bench = {.options = *options};
    char directory[PATH_MAX];
    enum exit_code code = EXIT_CODE_FAILED;

    if (options->topology && !options->dry_run) {
        error_set(error, "--topology", "goes with --dry-run only");
        return EXIT_CODE_USAGE;
    }
    if (load_topology(&bench.topology, options->topology, error) != 0)
        return options->topology ? EXIT_CODE_USAGE : EXIT_CODE_FAILED;
    bench.line = line;
    remember_command(&bench, line);
    errno = 0;
    if ((section &&
         options_suggest(bench_option_rows, &bench.options, section->options, line, error) != 0) ||
        (bench.options.command && own_program_open(&bench.own, &bench.options, error) != 0) ||
        bench_options_settle(&bench.options, &bench.topology, error) != 0)
        code = command_refused();
    else if (!section || enter_section(&bench, section, directory, error) == 0)
        code = run_prepared(&bench, error);
    struct error own;
    if (own_program_close(&bench.own, launch_interrupted() || options->dry_run, &own) != 0) {
        if (code != EXIT_CODE_DONE)
            fprintf(stderr, "speedup: %s\n", error->text); /* main() prints the last one */
        *error = own;
        code = EXIT_CODE_FAILED;
    }
    clean_up(&bench);
    return code;
}

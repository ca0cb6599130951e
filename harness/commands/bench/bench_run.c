/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/bench/bench_run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "harness/base/clock.h"
#include "harness/base/directory.h"
#include "harness/base/output.h"
#include "harness/base/process/leftovers.h"
#include "harness/commands/bench/bench_configs.h"
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
    const struct room room = bench_options_room(options);
    if (options->command)
        return inputs_number(&bench->inputs, bench->own.tasks, error);
    if (options->file_count > 0)
        return inputs_read(&bench->inputs, &room, options->file_count, options->files, error);
    if (filter_find(options->config.filter)->waiting)
        return inputs_number(&bench->inputs, (int)options->images, error);
    return inputs_make(&bench->inputs, &room, (int)options->images, options->size.ny,
                       options->size.nx, (unsigned long)options->seed,
                       topology_most_workers(&bench->topology), error);
}

enum { TITLE_LINES = 1, BLAS_LINES = 1 };

int bench_lines(const struct bench *bench)
{
    bool uses_blas = filter_find(bench->options.config.filter)->uses_blas;
    return bench->options.notices + TITLE_LINES + uses_blas * BLAS_LINES +
           bench->set.machine.warnings.lines + bench->lines_presented;
}

static int present(struct bench *bench, struct error *error)
{
    const struct presentation how = {.directory = bench->options.directory,
                                     .section = bench->section,
                                     .alone = !*bench->where,
                                     .own_command = bench->options.command != NULL,
                                     .wide = bench->options.wide,
                                     .keep = bench->options.keep,
                                     .effort_h = bench->options.effort_h,
                                     .lines = bench->lines - bench_lines(bench)};
    if (!bench->options.command)
        return bench_present(&bench->set, &how, &bench->lines_presented, error);
    own_program_print_advice(&bench->own, &bench->set);
    if (bench_present(&bench->set, &how, &bench->lines_presented, error) != 0)
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

/* A benchmark that goes on has the configurations that were chosen when it was begun. */
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
    if (bench->options.command ? prepare_command(bench, error) != 0 : get_inputs(bench, error) != 0)
        return -1;
    return resumed ? take_configs(bench, error) : 0;
}

/* Refuses a directory into which somebody is measuring, who would find it gone. The sections of a
 * lesson have directories in that of the first one. */
static int check_unused(const char *directory, struct error *error)
{
    char path[PATH_MAX];
    struct error too_long;
    bool held = checkpoint_is_held(directory);
    for (const struct section *section = sections; section->name && !held; section++)
        held = section->subdirectory &&
               output_path(path, directory, section->subdirectory, &too_long) == 0 &&
               checkpoint_is_held(path);
    return held ? error_set(error, directory,
                            "another speedup is measuring into this directory now; wait for its "
                            "end, or choose another place with --out")
                : 0;
}

/* An earlier result in this place took minutes of somebody's: it is kept, under another name. */
static int make_directory(const char *directory, struct error *error)
{
    char kept[PATH_MAX];
    leftovers_remove(directory);
    if (check_unused(directory, error) != 0 ||
        directory_set_aside(directory, "runs.csv", kept, error) != 0)
        return -1;
    if (*kept)
        fprintf(stderr, "speedup: the earlier results are kept in %s\n", kept);
    return directory_create(directory, error);
}

/* How long a task of a command takes is only known when one has been run. */
static enum exit_code plan_command(struct bench *bench, struct error *error)
{
    return launch_catch_signals(error) != 0 || prepare_command(bench, error) != 0 ? EXIT_CODE_FAILED
                                                                                  : EXIT_CODE_DONE;
}

/* Takes up what is in the directory. A complete benchmark is an error, unless it is a section of a
 * lesson that goes on with another one. */
static int go_on(struct bench *bench, struct error *error)
{
    const char *directory = bench->options.directory;
    enum resume_state state = resume_look(directory);
    leftovers_remove(directory);
    bench->complete = state == RESUME_COMPLETE && bench->section;
    if (bench->complete)
        return 0;
    if (state == RESUME_COMPLETE)
        return error_set(error, "--resume", "the benchmark in %s is complete", directory);
    if (state == RESUME_NOTHING)
        return make_directory(directory, error);
    if (checkpoint_open(&bench->checkpoint, directory, error) != 0)
        return -1;
    if (bench->options.file_count == 0 && !bench->options.command)
        bench->options.images = bench->checkpoint.head.image_count;
    if (*bench->where)
        bench->rounds_at_most = PLAN_ROUNDS_WANTED;
    return 0;
}

static enum exit_code run_prepared(struct bench *bench, struct error *error)
{
    if (bench->options.dry_run)
        return plan_command(bench, error);
    if (bench->section)
        printf("== %s ==\n", bench->section->title);
    if (bench->complete) {
        printf("complete already: %s/report.html\n", bench->options.directory);
        return EXIT_CODE_DONE;
    }
    if (prepare(bench, error) != 0)
        return EXIT_CODE_FAILED;
    if (bench_measure(bench, error) != 0)
        return EXIT_CODE_FAILED;
    inputs_free(&bench->inputs); /* memory, or files, that the next section can use */
    if (present(bench, error) != 0)
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

/* A section's presets become options where the user has not given them. It has a directory of its
 * own in that of the lesson; where it is resumed alone, that is the one that was given. */
static int enter_section(struct bench *bench, const struct section *section,
                         const struct command_line *line, struct error *error)
{
    struct bench_options *options = &bench->options;
    bool alone = strcmp(options->section, "all") != 0;
    bench->section = section;
    if (options_suggest(bench_option_rows, options, section->options, line, error) != 0)
        return -1;
    if (!section->subdirectory || (options->resume && alone))
        return 0;
    if (output_path(bench->directory, options->directory, section->subdirectory, error) != 0)
        return -1;
    options->directory = bench->directory;
    return 0;
}

/* Of this machine, or of one in words (`text`). */
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

/* What was chosen by name is not cut for lack of time. */
static void note_choices(struct bench *bench, const struct command_line *line)
{
    for (int i = 0; bench_option_rows[i].name; i++) {
        const char *name = bench_option_rows[i].name;
        bench->keeps_images |= line->given[i] && strcmp(name, "images") == 0;
        bench->keeps_configs |=
            line->given[i] && (strcmp(name, "strategies") == 0 || strcmp(name, "workers") == 0);
    }
}

enum exit_code bench_open(struct bench *bench, const struct section *section,
                          const struct bench_options *options, const struct command_line *line,
                          struct error *error)
{
    *bench = (struct bench){.options = *options};
    if (options->topology && !options->dry_run) {
        error_set(error, "--topology", "goes with --dry-run only");
        return EXIT_CODE_USAGE;
    }
    if (load_topology(&bench->topology, options->topology, error) != 0)
        return options->topology ? EXIT_CODE_USAGE : EXIT_CODE_FAILED;
    bench->line = line;
    remember_command(bench, line);
    note_choices(bench, line);
    errno = 0;
    if ((section && enter_section(bench, section, line, error) != 0) ||
        (bench->options.command && own_program_open(&bench->own, &bench->options, error) != 0) ||
        bench_options_settle(&bench->options, &bench->topology, error) != 0)
        return command_refused();
    if (!bench->options.command && list_configs(bench, error) != 0)
        return EXIT_CODE_FAILED;
    return EXIT_CODE_DONE;
}

int bench_begin(struct bench *bench, struct error *error)
{
    if ((bench->options.resume ? go_on(bench, error)
                               : make_directory(bench->options.directory, error)) != 0 ||
        launch_catch_signals(error) != 0)
        return -1;
    if (!bench->complete)
        guard_tidy(bench->options.directory);
    return 0;
}

enum exit_code bench_run(struct bench *bench, struct error *error)
{
    struct error own;
    enum exit_code code = run_prepared(bench, error);
    bool undone = launch_interrupted() || bench->options.dry_run;
    if (own_program_close(&bench->own, undone, &own) == 0)
        return code;
    if (code != EXIT_CODE_DONE)
        fprintf(stderr, "speedup: %s\n", error->text); /* main() prints the last one */
    *error = own;
    return EXIT_CODE_FAILED;
}

void bench_close(struct bench *bench)
{
    struct error ignored; /* after bench_run() there is nothing left to close */
    own_program_close(&bench->own, true, &ignored);
    free(bench->configs);
    checkpoint_close(&bench->checkpoint, bench->checkpoint.rounds == 0);
    free(bench->keep);
    free(bench->plan.configs);
    result_set_destroy(&bench->set);
    looks_destroy(&bench->looks);
    inputs_free(&bench->inputs);
    topology_destroy(&bench->topology);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/bench/resume.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/base/output.h"
#include "harness/measure/checkpoint/checkpoint.h"
#include "harness/report/sections.h"
#include "harness/results/columns.h"

/* Options that change nothing of what is measured, nor where it goes. */
static bool is_free(const struct option_row *row)
{
    return strcmp(row->name, "resume") == 0 || strcmp(row->name, "wide") == 0;
}

static int check_options(const struct resume *resume, const struct bench_options *given,
                         const struct command_line *line, struct error *error)
{
    const struct command_line *then = &resume->line;
    for (int i = 0; bench_option_rows[i].name; i++) {
        const struct option_row *row = &bench_option_rows[i];
        char option[64];
        if (!line->given[i] || is_free(row))
            continue;
        snprintf(option, sizeof option, "--%s", row->name);
        if (!then->given[i])
            return error_set(error, option,
                             "the benchmark in %s was begun without it; leave it out to go on, or "
                             "begin anew without --resume",
                             given->resume);
        if (row->argument && strcmp(line->text[i], then->text[i]) != 0)
            return error_set(
                error, option,
                "is %s, but %s in the benchmark in %s; leave it out to go on, or begin "
                "anew without --resume",
                line->text[i], then->text[i], given->resume);
    }
    if (line->operand_count == 0)
        return 0;
    bool same =
        line->operand_count == then->operand_count && line->before_dashes == then->before_dashes;
    for (int i = 0; same && i < line->operand_count; i++)
        same = strcmp(line->operands[i], then->operands[i]) == 0;
    if (!same)
        return error_set(error, line->operands[0],
                         "the benchmark in %s was begun with other files or another command; give "
                         "none to go on with these",
                         given->resume);
    return 0;
}

/* Relative names are meant in the directory in which it was begun. */
static int check_place(const struct resume *resume, struct error *error)
{
    const struct hosts *hosts = &resume->options.hosts;
    char here[PATH_MAX];
    if (resume->line.operand_count == 0 && !hosts->sshloginfile && !hosts->hostfile)
        return 0;
    if (!getcwd(here, sizeof here))
        return error_system(error, ".", "cannot be found", errno);
    if (strcmp(here, resume->plan.directory) == 0)
        return 0;
    return error_set(error, "--resume", "the benchmark was begun in %s; go there to go on with it",
                     resume->plan.directory);
}

/* Images must not have changed since; what a command does with its own files is its affair. */
static int check_files(const struct resume *resume, const char *directory, struct error *error)
{
    const struct command_line *line = &resume->line;
    char path[PATH_MAX];
    struct stat plan, file;
    if (line->before_dashes < line->operand_count)
        return 0;
    if (output_path(path, directory, PLAN_FILE, error) != 0)
        return -1;
    if (stat(path, &plan) != 0)
        return error_system(error, path, "cannot be read", errno);
    for (int i = 0; i < line->before_dashes; i++)
        if (stat(line->operands[i], &file) == 0 && file.st_mtime > plan.st_mtime)
            return error_set(error, line->operands[i],
                             "has changed since the benchmark was begun; begin anew without "
                             "--resume");
    return 0;
}

static int check_machine(const struct resume *resume, struct error *error)
{
    struct topology topology;
    struct machine_facts now = {.cores = 0};
    if (topology_load(&topology, NULL, error) != 0)
        return -1;
    machine_describe(&now, &topology, "");
    topology_destroy(&topology);
    return plan_file_check(&resume->plan, &now, error);
}

/* The sections of a lesson after the first have directories of their own, and the plan of all. */
static void choose_section(struct resume *resume)
{
    for (const struct section *section = sections; section->name; section++)
        if (resume->options.section && section->subdirectory &&
            strcmp(section->name, resume->plan.section) == 0)
            resume->options.section = section->name;
}

int resume_open(struct resume *resume, const struct bench_options *given,
                const struct command_line *line, struct error *error)
{
    struct error why;
    *resume = (struct resume){.plan = {.count = 0}};
    if (plan_file_read(given->resume, &resume->plan, error) != 0)
        return -1;
    if (options_read(bench_option_rows, &resume->options, resume->plan.count,
                     resume->plan.arguments, &resume->line, &why) != 0) {
        plan_file_free(&resume->plan);
        return error_set(error, PLAN_FILE, "%s", why.text);
    }
    resume->options.directory = resume->options.resume = given->resume;
    resume->options.wide |= given->wide;
    choose_section(resume);
    if (check_machine(resume, error) == 0 && check_options(resume, given, line, error) == 0 &&
        check_place(resume, error) == 0 && check_files(resume, given->resume, error) == 0)
        return 0;
    resume_close(resume);
    return -1;
}

void resume_close(struct resume *resume)
{
    command_line_free(&resume->line);
    plan_file_free(&resume->plan);
}

static bool has(const char *directory, const char *name)
{
    char path[PATH_MAX];
    struct error ignored;
    return output_path(path, directory, name, &ignored) == 0 && access(path, F_OK) == 0;
}

enum resume_state resume_look(const char *directory)
{
    if (has(directory, CHECKPOINT_FILE))
        return RESUME_UNFINISHED;
    return has(directory, summary_file.name) ? RESUME_COMPLETE : RESUME_NOTHING;
}

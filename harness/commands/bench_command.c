/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "harness/commands/bench/bench_options.h"
#include "harness/commands/bench/bench_present.h"
#include "harness/commands/bench/bench_run.h"
#include "harness/commands/bench/resume.h"
#include "harness/commands/command.h"
#include "harness/measure/run/launch.h"
#include "harness/report/sections.h"

/* All sections, or the one that was asked for. A failure in one does not keep the others from being
 * run; the closing line is that of the activity, which is the one to post. */
static enum exit_code run_sections(const struct bench_options *options,
                                   const struct command_line *line, struct error *error)
{
    enum exit_code worst = EXIT_CODE_DONE;
    for (const struct section *section = sections; section->name; section++) {
        struct error own;
        if (strcmp(options->section, "all") != 0 && strcmp(options->section, section->name) != 0)
            continue;
        enum exit_code code = bench_run(section, options, line, &own);
        if (code == EXIT_CODE_DONE)
            continue;
        if (worst != EXIT_CODE_DONE)
            fprintf(stderr, "speedup: %s\n", error->text); /* main() prints the last one */
        *error = own;
        worst = code;
        if (code == EXIT_CODE_USAGE || launch_interrupted())
            break;
    }
    return worst;
}

static enum exit_code measure(struct bench_options *options, const struct command_line *line,
                              struct error *error)
{
    options->files = line->operands;
    options->file_count = line->before_dashes;
    if (line->before_dashes < line->operand_count)
        options->command = line->operands + line->before_dashes;
    if (!options->section)
        return bench_run(NULL, options, line, error);
    enum exit_code code = run_sections(options, line, error);
    if (strcmp(options->section, "all") == 0 && !launch_interrupted())
        bench_present_lesson(options->directory, options->effort_h);
    return code;
}

static enum exit_code run(void *settings, const struct command_line *line, struct error *error)
{
    struct bench_options *options = settings;
    struct resume resume;
    if (!options->resume)
        return measure(options, line, error);
    if (resume_open(&resume, options, line, error) != 0)
        return EXIT_CODE_USAGE;
    enum exit_code code = measure(&resume.options, &resume.line, error);
    resume_close(&resume);
    return code;
}

const struct command bench_command = {
    .name = "bench",
    .summary = "measure strategies, check their results, draw the graphs",
    .arguments = "[OPTION]... [FILE]... [-- COMMAND [ARG]...]",
    .about =
        "Runs one filter under several parallel strategies and numbers of workers, checks every "
        "result, and writes runs.csv, summary.csv, trace.csv (`speedup columns` tells what is in "
        "them), the same for programs in speedup.json, machine.txt and graphs. The images are "
        "the FITS files given, or fake ones that it makes itself. With a COMMAND behind `--` a "
        "task is "
        "that command on one FILE, and the answer is how many to run at a time. In it {} stands "
        "for "
        "the file, {/} for its name without folder, {.} without ending, {/.} without both, {#} for "
        "the number of the task, {%} for that of the worker, {workers} for how many there are; no "
        "shell reads it. Who wants one writes: -- sh -c 'gzip -c \"$1\" | wc -c' sh {}",
    .options = bench_option_rows,
    .settings_bytes = sizeof(struct bench_options),
    .operands_at_most = OPERANDS_ANY,
    .run = run,
};

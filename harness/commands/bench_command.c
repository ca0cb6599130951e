/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/bench/bench_options.h"
#include "harness/commands/bench/resume.h"
#include "harness/commands/command.h"
#include "harness/commands/lesson/lesson.h"

static enum exit_code measure(struct bench_options *options, const struct command_line *line,
                              struct error *error)
{
    options->files = line->operands;
    options->file_count = line->before_dashes;
    if (line->before_dashes < line->operand_count)
        options->command = line->operands + line->before_dashes;
    return lesson_run(options, line, error);
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
        "result, and writes runs.csv, summary.csv, trace.csv (`speedup columns` explains them), "
        "the same for programs in speedup.json, machine.txt and graphs. The images are the FITS "
        "files given, or fake ones that it makes itself. With a COMMAND after `--` a task is that "
        "command on one FILE, and the answer is how many to run at a time. In it {} stands for "
        "the file, {/} for its name without folder, {.} without ending, {/.} without both, {#} "
        "for the number of the task, {%} for that of the worker, {workers} for how many there "
        "are. No shell reads it; if you need one, write: -- sh -c 'gzip -c \"$1\" | wc -c' sh {}",
    .options = bench_option_rows,
    .settings_bytes = sizeof(struct bench_options),
    .operands_at_most = OPERANDS_ANY,
    .run = run,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* speedup explain: a kind of fault, or a word, at length. */
#include "harness/commands/command.h"
#include "harness/grade/explain.h"

static enum exit_code run(void *settings, const struct command_line *line, struct error *error)
{
    (void)settings;
    if (line->operand_count == 0)
        return explain_list(stdout, error) == 0 ? EXIT_CODE_DONE : EXIT_CODE_FAILED;
    return explain_print(stdout, line->operands[0], error) == 0 ? EXIT_CODE_DONE : EXIT_CODE_USAGE;
}

const struct command explain_command = {
    .name = "explain",
    .summary = "a kind of fault, or a word, at length",
    .arguments = "[NAME]",
    .about =
        "Explains a kind of fault that `speedup grade` names (what happened, how it was noticed, "
        "the usual cause, a picture, what to read) or a word of these pages (speedup, ceiling, "
        "...). Without a NAME it lists them all.",
    .operands_at_most = 1,
    .wants = "takes one name at a time",
    .run = run,
};

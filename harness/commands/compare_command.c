/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/directory.h"
#include "harness/commands/command.h"
#include "harness/report/compare.h"

struct settings {
    bool all;
    const char *out;
};

static const struct option_row options[] = {
    {"all", NULL, NULL, "all strategies", OPTION_FLAG, OPTION_INTO(struct settings, all),
     .otherwise = "of each result its best one"},
    {"out", "DIR", ".", "where the graph goes, made where it is missing", OPTION_TEXT,
     OPTION_INTO(struct settings, out)},
    {0},
};

static enum exit_code compare(char *const *directories, int count, const char *out, bool all,
                              struct error *error)
{
    struct comparison comparison;
    if (compare_open(&comparison, count, directories, error) != 0)
        return EXIT_CODE_FAILED;
    comparison.all = all;
    compare_print(&comparison, stdout);
    fflush(stdout);
    int failed = directory_create(out, error) != 0 || compare_draw(&comparison, out, error) != 0;
    compare_close(&comparison);
    if (failed)
        return EXIT_CODE_FAILED;
    printf("\n%s/compare.png\n%s/compare.svg\n%s/compare.csv\n", out, out, out);
    return EXIT_CODE_DONE;
}

static enum exit_code run(void *given, const struct command_line *line, struct error *error)
{
    const struct settings *settings = given;
    return compare(line->operands, line->operand_count, settings->out, settings->all, error);
}

const struct command compare_command = {
    .name = "compare",
    .summary = "several results (other machines, other students) in one table and graph",
    .arguments = "[OPTION]... DIR DIR...",
    .about = "Prints the results of several directories in one table, and draws their speedups "
             "against workers in one graph: compare.png, compare.svg and compare.csv.",
    .options = options,
    .settings_bytes = sizeof(struct settings),
    .operands_at_least = 2,
    .operands_at_most = OPERANDS_ANY,
    .wants = "takes two result directories or more",
    .run = run,
};

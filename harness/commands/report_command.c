/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/command.h"
#include "harness/report/brief/brief.h"
#include "harness/report/report.h"
#include "harness/results/results.h"

struct settings {
    double effort_h;
    bool brief;
};

static const struct option_row options[] = {
    {"effort", "HOURS", "1",
     "hours of programming that the parallel program has cost: the report says after how many runs "
     "they are paid back",
     OPTION_NUMBER, OPTION_INTO(struct settings, effort_h)},
    {"short", NULL, NULL,
     "print twelve lines of Markdown, for a forum or an issue, and write nothing", OPTION_FLAG,
     OPTION_INTO(struct settings, brief)},
    {0},
};

static enum exit_code print_short(const char *directory, struct error *error)
{
    struct result_set set;
    if (results_read(directory, &set, error) != 0)
        return EXIT_CODE_FAILED;
    brief_print(&set, stdout);
    result_set_destroy(&set);
    return EXIT_CODE_DONE;
}

static enum exit_code run(void *given, const struct command_line *line, struct error *error)
{
    const struct settings *settings = given;
    const char *directory = line->operands[0];
    if (settings->brief)
        return print_short(directory, error);
    if (report_write(directory, settings->effort_h, error) != 0)
        return EXIT_CODE_FAILED;
    printf("%s/report.html\n%s/report.md\n", directory, directory);
    return EXIT_CODE_DONE;
}

const struct command report_command = {
    .name = "report",
    .summary = "write the report of a result directory again",
    .arguments = "[OPTION]... DIR",
    .about = "Writes DIR/report.md and DIR/report.html again from the CSV files, machine.txt "
             "and graphs in DIR.",
    .options = options,
    .settings_bytes = sizeof(struct settings),
    .operands_at_least = 1,
    .operands_at_most = 1,
    .wants = "takes one result directory",
    .run = run,
};

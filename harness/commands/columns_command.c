/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/command.h"
#include "harness/report/class/class.h"
#include "harness/results/columns.h"

static enum exit_code run(void *settings, const struct command_line *line, struct error *error)
{
    (void)settings, (void)line, (void)error;
    columns_print(stdout);
    class_csv_explain(stdout);
    return EXIT_CODE_DONE;
}

const struct command columns_command = {
    .name = "columns",
    .summary = "the columns of all result files, with unit and meaning",
    .about = "Lists every column of all CSV files that the program writes: its unit and what it "
             "means. Columns are added at the end, never renamed or dropped.",
    .run = run,
};

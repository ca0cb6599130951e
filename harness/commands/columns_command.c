/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/options.h"
#include "harness/commands/command.h"
#include "harness/results/columns.h"

static enum exit_code run(int argc, char **argv, struct error *error)
{
    static const struct option options[] = {{"help", no_argument, NULL, OPTION_HELP}, {0}};
    if (options_next(argc, argv, options, error) == OPTION_BAD)
        return EXIT_CODE_USAGE;
    if (optind < argc) {
        error_set(error, argv[optind], "columns takes no arguments; see --help");
        return EXIT_CODE_USAGE;
    }
    columns_print(stdout);
    return EXIT_CODE_DONE;
}

const struct command columns_command = {
    .name = "columns",
    .summary = "the columns of all result files, with unit and meaning",
    .help =
        "Usage: speedup columns\n\n"
        "Lists every column of summary.csv, runs.csv, trace.csv and resources.csv: its unit and\n"
        "what it means. Columns are added at the end, never renamed or dropped.\n",
    .run = run,
};

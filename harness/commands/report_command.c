/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/options.h"
#include "harness/commands/command.h"
#include "harness/report/report.h"

enum option_number { OPTION_EFFORT = 256 };

static enum exit_code run(int argc, char **argv, struct error *error)
{
    static const struct option options[] = {{"help", no_argument, NULL, OPTION_HELP},
                                            {"effort", required_argument, NULL, OPTION_EFFORT},
                                            {0}};
    double effort_h = REPORT_EFFORT_H;
    int found;
    while ((found = options_next(argc, argv, options, error)) != OPTION_END)
        if (found == OPTION_BAD || option_number("--effort", optarg, 0, &effort_h, error) != 0)
            return EXIT_CODE_USAGE;
    if (argc - optind != 1) {
        error_set(error, "report", "takes one result directory; see --help");
        return EXIT_CODE_USAGE;
    }
    if (report_write(argv[optind], effort_h, error) != 0)
        return EXIT_CODE_FAILED;
    printf("%s/report.html\n%s/report.md\n", argv[optind], argv[optind]);
    return EXIT_CODE_DONE;
}

const struct command report_command = {
    .name = "report",
    .summary = "write the report of a result directory again",
    .help = "Usage: speedup report [--effort HOURS] DIR\n\n"
            "Writes DIR/report.md and DIR/report.html again from the CSV files, machine.txt and\n"
            "graphs in DIR.\n\n"
            "  --effort 1   hours of programming that the parallel program has cost: the report\n"
            "               says after how many runs they are paid back\n",
    .run = run,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/options.h"
#include "harness/commands/command.h"
#include "harness/report/graphs/plot.h"

static enum exit_code run(int argc, char **argv, struct error *error)
{
    static const struct option options[] = {{"help", no_argument, NULL, OPTION_HELP}, {0}};
    int drawn;
    if (options_next(argc, argv, options, error) == OPTION_BAD)
        return EXIT_CODE_USAGE;
    if (argc - optind != 1) {
        error_set(error, "plot", "takes one result directory; see --help");
        return EXIT_CODE_USAGE;
    }
    if (plot_directory(argv[optind], &drawn, error) != 0)
        return EXIT_CODE_FAILED;
    printf("%d graphs (PNG and SVG) are in %s\n", drawn, argv[optind]);
    return EXIT_CODE_DONE;
}

const struct command plot_command = {
    .name = "plot",
    .summary = "draw the graphs of a result directory again",
    .help = "Usage: speedup plot DIR\n\n"
            "Draws the graphs of the result directory DIR again from its CSV files, as PNG and\n"
            "SVG, with gnuplot. What is drawn is in DIR/settings.gp, how in plots/*.gp.\n",
    .run = run,
};

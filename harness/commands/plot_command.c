/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/process/interrupt.h"
#include "harness/commands/command.h"
#include "harness/report/graphs/plot.h"

static enum exit_code run(void *settings, const struct command_line *line, struct error *error)
{
    int drawn;
    (void)settings;
    if (interrupt_catch(error) != 0 || plot_directory(line->operands[0], &drawn, error) != 0)
        return EXIT_CODE_FAILED;
    printf("%d graphs (PNG and SVG) are in %s\n", drawn, line->operands[0]);
    return EXIT_CODE_DONE;
}

const struct command plot_command = {
    .name = "plot",
    .summary = "draw the graphs of a result directory again",
    .arguments = "DIR",
    .about = "Draws the graphs of the result directory DIR again from its CSV files, as PNG "
             "and SVG, with gnuplot. What is drawn is in DIR/settings.gp, how in plots/*.gp.",
    .operands_at_least = 1,
    .operands_at_most = 1,
    .wants = "takes one result directory",
    .run = run,
};

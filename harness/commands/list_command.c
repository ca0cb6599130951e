/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filters/filter.h"
#include "harness/commands/command.h"
#include "strategies/strategy.h"

static void print_catalogues(void)
{
    puts("Filters (what is computed; `highpass` is a second name for the fastest of its kind):");
    for (size_t i = 0; filter_catalogue[i]; i++)
        printf("  %-20s %s\n", filter_catalogue[i]->name, filter_catalogue[i]->summary);
    puts("\nStrategies (how it is spread over workers):");
    for (size_t i = 0; strategy_catalogue[i]; i++) {
        const struct strategy *strategy = strategy_catalogue[i];
        const char *reason = strategy->unavailable ? strategy->unavailable() : NULL;
        printf("  %-20s %s", strategy->name, strategy->summary);
        if (reason)
            printf(" [not here: %s]", reason);
        putchar('\n');
    }
}

static enum exit_code run(void *settings, const struct command_line *line, struct error *error)
{
    (void)settings, (void)line, (void)error;
    print_catalogues();
    return EXIT_CODE_DONE;
}

const struct command list_command = {
    .name = "list",
    .summary = "filters and strategies, a line each",
    .about = "Lists the filters and the strategies, and why a strategy cannot run here.",
    .run = run,
};

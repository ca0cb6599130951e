/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filters/filter.h"
#include "harness/commands/command.h"
#include "strategies/strategy.h"

static void print_entry(const char *name, const char *summary, const char *reason)
{
    enum { NAME_WIDTH = 20 };
    char text[512];
    snprintf(text, sizeof text, "%s%s%s%s", summary, reason ? " [not here: " : "",
             reason ? reason : "", reason ? "]" : "");
    printf("  %-*s ", NAME_WIDTH, name);
    options_print_text(text, NAME_WIDTH + 3, stdout);
}

static void print_catalogues(void)
{
    puts("Filters (what is computed; `highpass` is another name of `highpass-rank`):");
    for (size_t i = 0; filter_catalogue[i]; i++)
        print_entry(filter_catalogue[i]->name, filter_catalogue[i]->summary, NULL);
    puts("\nStrategies (how it is spread over workers):");
    for (size_t i = 0; strategy_catalogue[i]; i++) {
        const struct strategy *strategy = strategy_catalogue[i];
        const char *reason = strategy->unavailable ? strategy->unavailable() : NULL;
        print_entry(strategy->name, strategy->summary, reason);
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

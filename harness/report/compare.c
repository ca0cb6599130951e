/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/compare.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "harness/report/table.h"
#include "harness/report/terminal.h"
#include "harness/results/results.h"

int compare_open(struct comparison *comparison, int count, char *const *directories,
                 struct error *error)
{
    size_t results = (size_t)count;
    *comparison = (struct comparison){.names = calloc(results, sizeof *comparison->names),
                                      .sets = calloc(results, sizeof *comparison->sets)};
    if (!comparison->names || !comparison->sets) {
        error_set(error, "compare", "no memory");
        goto failed;
    }
    for (int i = 0; i < count; i++) {
        comparison->names[i] = directories[i];
        if (results_read(directories[i], &comparison->sets[i], error) != 0)
            goto failed;
        comparison->count++;
    }
    return 0;
failed:
    compare_close(comparison);
    return -1;
}

void compare_close(struct comparison *comparison)
{
    for (int i = 0; i < comparison->count; i++)
        result_set_destroy(&comparison->sets[i]);
    free(comparison->sets);
    free(comparison->names);
    *comparison = (struct comparison){.count = 0};
}

bool compare_same_work(const struct comparison *comparison)
{
    const struct setup *first = &comparison->sets[0].summaries[0].setup;
    for (int i = 1; i < comparison->count; i++) {
        const struct setup *setup = &comparison->sets[i].summaries[0].setup;
        if (strcmp(setup->config.filter, first->config.filter) != 0 || setup->ny != first->ny ||
            setup->nx != first->nx || setup->tasks != first->tasks ||
            setup->config.parameters.window != first->config.parameters.window ||
            setup->config.grain != first->config.grain || setup->config.io != first->config.io)
            return false;
    }
    return true;
}

static void print_result(const struct comparison *comparison, int result, FILE *stream)
{
    const struct result_set *set = &comparison->sets[result];
    char subject[256], text[PATH_MAX + 512];
    table_subject(set, subject, sizeof subject);
    snprintf(text, sizeof text, "%s: %s; %s, %d core%s, host %s", comparison->names[result],
             subject, set->machine.cpu, set->machine.cores, set->machine.cores == 1 ? "" : "s",
             set->machine.host);
    terminal_print_text(text, stream);
    terminal_print_rows(set, stream);
}

void compare_print(const struct comparison *comparison, FILE *stream)
{
    for (int i = 0; i < comparison->count; i++) {
        if (i > 0)
            fputc('\n', stream);
        print_result(comparison, i, stream);
    }
    if (compare_same_work(comparison))
        return;
    fputc('\n', stream);
    terminal_print_text("These are not results of the same work (filter, sizes, window, tasks or "
                        "input differ), so their times do not compare, and their speedups only "
                        "with care.",
                        stream);
}

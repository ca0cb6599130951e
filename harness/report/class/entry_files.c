/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/class/entry_files.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/base/output.h"
#include "harness/report/table.h"
#include "harness/results/csv.h"

enum { KEY_WIDTH = 16 }; /* of machine.txt: "system           Linux 6.1" */

/* Appends " and ..." where the key comes twice, as kinds of cores do. */
static void take_line(const char *line, const char *key, char *text, size_t size)
{
    size_t length = strlen(key), used = strlen(text);
    if (strlen(line) <= KEY_WIDTH + 1 || strncmp(line, key, length) != 0 || line[length] != ' ')
        return;
    snprintf(text + used, size - used, "%s%s", used ? " and " : "", line + KEY_WIDTH + 1);
}

static int take_machine(struct entry *entry, const char *path, struct error *error)
{
    char line[1024];
    FILE *file = fopen(path, "r");
    if (!file)
        return errno == ENOENT ? 0 : error_system(error, path, "cannot be read", errno);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        for (char *at = line; *at; at++)
            if ((unsigned char)*at < ' ' || *at == 0x7f)
                *at = '?';
        take_line(line, "system", entry->system, sizeof entry->system);
        take_line(line, "core kinds", entry->kinds, sizeof entry->kinds);
    }
    bool failed = ferror(file);
    fclose(file);
    return failed ? error_set(error, path, "cannot be read") : 0;
}

static void take_row(struct entry *entry, const struct csv_table *table, size_t row)
{
    static const char *const parts[LOSSES_PARTS] = {"counting",     "uneven",  "handout",
                                                    "start_stop",   "waiting", "taken_away",
                                                    "slower_tasks", "rest"};
    double value[LOSSES_PARTS];
    entry->has_losses = true;
    for (int i = 0; i < LOSSES_PARTS; i++) {
        value[i] = csv_number(table, row, parts[i]);
        entry->has_losses &= isfinite(value[i]) != 0;
    }
    entry->losses = (struct losses){.speedup = csv_number(table, row, "speedup"),
                                    .gap = csv_number(table, row, "gap"),
                                    .counting = value[0],
                                    .uneven = value[1],
                                    .handout = value[2],
                                    .start_stop = value[3],
                                    .waiting = value[4],
                                    .taken_away = value[5],
                                    .slower_tasks = value[6],
                                    .rest = value[7]};
    entry->has_losses &= isfinite(entry->losses.speedup) && isfinite(entry->losses.gap);
}

static void take_losses(struct entry *entry, const struct result_set *set, const char *path)
{
    const struct summary *best = result_set_best(set);
    struct csv_table table;
    struct error none;
    if (!best || csv_read(&table, path, &none) != 0)
        return;
    for (size_t row = 0; row < table.rows; row++)
        if (strcmp(csv_text(&table, row, "strategy"), best->setup.config.strategy) == 0 &&
            csv_number(&table, row, "workers") == best->setup.config.workers && !entry->has_losses)
            take_row(entry, &table, row);
    csv_free(&table);
}

int entry_take_files(struct entry *entry, const struct result_set *set, const char *directory,
                     struct error *error)
{
    char path[PATH_MAX];
    if (output_path(path, directory, "machine.txt", error) != 0 ||
        take_machine(entry, path, error) != 0 ||
        output_path(path, directory, "losses.csv", error) != 0)
        return -1;
    take_losses(entry, set, path);
    return 0;
}

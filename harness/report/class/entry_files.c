/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/report/class/entry_files.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "harness/base/output.h"

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

int entry_take_files(struct entry *entry, const char *directory, struct error *error)
{
    char path[PATH_MAX];
    if (output_path(path, directory, "machine.txt", error) != 0)
        return -1;
    return take_machine(entry, path, error);
}

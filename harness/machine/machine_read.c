/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/machine/machine_read.h"

#include <errno.h>
#include <string.h>

#include "harness/base/output.h"

static void take_line(struct machine_file *machine, const char *name, const char *value)
{
    const struct {
        const char *name;
        char *text;
    } fields[] = {
        {"date", machine->date},         {"command", machine->command}, {"commit", machine->commit},
        {"compiler", machine->compiler}, {"flags", machine->flags},
    };
    struct warnings *warnings = &machine->warnings;

    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (strcmp(name, fields[i].name) == 0)
            snprintf(fields[i].text, MACHINE_TEXT_LENGTH, "%s", value);
    if (strcmp(name, "warning") == 0 && warnings->count < WARNINGS_AT_MOST)
        snprintf(warnings->text[warnings->count++], WARNING_LENGTH, "%.*s", WARNING_LENGTH - 1,
                 value);
}

int machine_read(const char *directory, struct machine_file *machine, struct error *error)
{
    char path[PATH_MAX], line[2 * MACHINE_TEXT_LENGTH];
    *machine = (struct machine_file){.date = ""};
    if (output_path(path, directory, "machine.txt", error) != 0)
        return -1;
    FILE *file = fopen(path, "r");
    if (!file)
        return errno == ENOENT ? 0 : error_system(error, path, "cannot be read", errno);
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        size_t length = strcspn(line, " ");
        const char *value = line + length + strspn(line + length, " ");
        line[length] = '\0';
        take_line(machine, line, value);
    }
    int failed = ferror(file) ? error_set(error, path, "cannot be read") : 0;
    fclose(file);
    return failed;
}

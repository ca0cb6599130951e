/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/process/leftovers.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/base/output.h"

/* A number of another machine's process, on a shared disk, may be taken for one that has ended: two
 * benchmarks at a time in one directory do not go together anyway. */
static bool has_ended(const char *number, char behind)
{
    char *end;
    long process = strtol(number, &end, 10);
    return *number >= '1' && *number <= '9' && *end == behind && process < INT_MAX &&
           kill((pid_t)process, 0) != 0 && errno == ESRCH;
}

static void remove_directory(const char *directory)
{
    char path[PATH_MAX];
    struct error ignored;
    DIR *names = opendir(directory);
    for (struct dirent *entry; names && (entry = readdir(names));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            output_path(path, directory, entry->d_name, &ignored) == 0)
            unlink(path);
    if (names)
        closedir(names);
    rmdir(directory);
}

void leftovers_remove(const char *directory)
{
    static const char images[] = ".files-";
    char path[PATH_MAX];
    struct error ignored;
    DIR *names = opendir(directory);
    for (struct dirent *entry; names && (entry = readdir(names));) {
        const char *name = entry->d_name, *last = strrchr(name, '.');
        if (name[0] != '.' || output_path(path, directory, name, &ignored) != 0)
            continue;
        if (strncmp(name, images, strlen(images)) == 0) {
            if (has_ended(name + strlen(images), '-'))
                remove_directory(path);
        } else if (last > name && has_ended(last + 1, '\0')) {
            unlink(path);
        }
    }
    if (names)
        closedir(names);
}

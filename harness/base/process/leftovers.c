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

/* The process whose number is written here, up to `behind`; 0: there is none. */
static long process_of(const char *number, char behind)
{
    char *end;
    long process = strtol(number, &end, 10);
    return *number >= '1' && *number <= '9' && *end == behind && process < INT_MAX ? process : 0;
}

/* A number of another machine's process, on a shared disk, may be taken for one that has ended: two
 * benchmarks at a time in one directory do not go together anyway. */
static bool has_ended(long process)
{
    return process > 0 && kill((pid_t)process, 0) != 0 && errno == ESRCH;
}

/* `known` has ended; 0: of each process it is found out. */
static bool is_left(long process, long known)
{
    return known > 0 ? process == known : has_ended(process);
}

void leftovers_remove_directory(const char *directory)
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

static void remove_those(const char *directory, long known)
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
            if (is_left(process_of(name + strlen(images), '-'), known))
                leftovers_remove_directory(path);
        } else if (last > name && is_left(process_of(last + 1, '\0'), known)) {
            unlink(path);
        }
    }
    if (names)
        closedir(names);
}

void leftovers_remove(const char *directory)
{
    remove_those(directory, 0);
}

void leftovers_remove_of(const char *directory, long process)
{
    remove_those(directory, process);
}

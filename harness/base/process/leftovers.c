/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/process/leftovers.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/base/output.h"

/* How the name of a directory of images begins; the number of its process follows. */
static const char IMAGES[] = ".files-";

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

/* Whether what this process left may go: `known` is one that has ended; 0: it is found out of each. */
static bool is_left(long process, long known)
{
    return known > 0 ? process == known : has_ended(process);
}

int leftovers_make_directory(const char *parent, char *directory, struct error *error)
{
    char absolute[PATH_MAX], name[64];
    snprintf(name, sizeof name, "%s%ld-XXXXXX", IMAGES, (long)getpid());
    *directory = '\0';
    if (!realpath(parent, absolute))
        return error_system(error, parent, "cannot be found", errno);
    if (output_path(directory, absolute, name, error) == 0 && mkdtemp(directory))
        return 0;
    *directory = '\0';
    return error_system(error, parent, "no directory can be made in it", errno);
}

void leftovers_remove_directory(const char *directory)
{
    char path[PATH_MAX];
    struct error ignored;
    DIR *names = *directory ? opendir(directory) : NULL;
    for (struct dirent *entry; names && (entry = readdir(names));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            output_path(path, directory, entry->d_name, &ignored) == 0)
            unlink(path);
    if (names)
        closedir(names);
    if (*directory)
        rmdir(directory);
}

static void remove_those(const char *directory, long known)
{
    char path[PATH_MAX];
    struct error ignored;
    DIR *names = opendir(directory);
    for (struct dirent *entry; names && (entry = readdir(names));) {
        const char *name = entry->d_name, *last = strrchr(name, '.');
        if (name[0] != '.' || output_path(path, directory, name, &ignored) != 0)
            continue;
        if (strncmp(name, IMAGES, strlen(IMAGES)) == 0) {
            if (is_left(process_of(name + strlen(IMAGES), '-'), known))
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

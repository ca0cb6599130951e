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

/* How the names of half-written files and of directories of images begin; the number of their
 * process follows, and a `-`. */
static const char HALF[] = ".half-", IMAGES[] = ".files-";

int leftovers_name(const char *name, char *hidden, size_t size, struct error *error)
{
    int length = snprintf(hidden, size, "%s%ld-%s", HALF, (long)getpid(), name);
    if (length < 0 || (size_t)length >= size)
        return error_set(error, name, "the name is too long");
    return 0;
}

/* The process whose number follows in the name after this beginning; 0: it is no such name. */
static long process_of(const char *name, const char *beginning)
{
    char *end;
    const char *number = name + strlen(beginning);
    if (strncmp(name, beginning, strlen(beginning)) != 0 || *number < '1' || *number > '9')
        return 0;
    long process = strtol(number, &end, 10);
    return *end == '-' && process < INT_MAX ? process : 0;
}

/* A number of another machine's process, on a shared disk, may be taken for one that has ended: two
 * benchmarks at a time in one directory do not go together anyway. */
static bool has_ended(long process)
{
    return process > 0 && kill((pid_t)process, 0) != 0 && errno == ESRCH;
}

/* Whether what this process left may go: `known` is one that has ended; 0: find out. */
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
        if (output_path(path, directory, entry->d_name, &ignored) != 0)
            continue;
        if (is_left(process_of(entry->d_name, IMAGES), known))
            leftovers_remove_directory(path);
        else if (is_left(process_of(entry->d_name, HALF), known))
            unlink(path);
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

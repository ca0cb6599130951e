/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/self.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __APPLE__
#include <mach-o/dyld.h>
#include <sys/stat.h>
#endif

/* find(): where the program lay when it began; *replaced says whether it is gone from there. */
#ifdef __APPLE__

static struct stat began; /* the file then; all zero: not known */

static void remember(void) __attribute__((constructor));
static void remember(void)
{
    char path[PATH_MAX];
    uint32_t room = sizeof path;
    if (_NSGetExecutablePath(path, &room) != 0 || stat(path, &began) != 0)
        began = (struct stat){0};
}

static int find(char *path, size_t size, bool *replaced, struct error *error)
{
    struct stat now;
    uint32_t room = (uint32_t)size;
    if (_NSGetExecutablePath(path, &room) != 0)
        return error_set(error, "speedup", "the path of the program is too long");
    *replaced = began.st_ino != 0 &&
                (stat(path, &now) != 0 || now.st_dev != began.st_dev || now.st_ino != began.st_ino);
    return 0;
}

int self_program(char *path, size_t size, struct error *error)
{
    bool replaced;
    if (find(path, size, &replaced, error) != 0)
        return -1;
    if (replaced)
        return error_set(error, path,
                         "was built anew while it ran, and what is built now is another program; "
                         "begin anew");
    return 0;
}

#else

static int find(char *path, size_t size, bool *replaced, struct error *error)
{
    static const char mark[] = " (deleted)"; /* that Linux puts behind the path then */
    ssize_t length = readlink("/proc/self/exe", path, size);
    if (length < 0)
        return error_system(error, "/proc/self/exe", "cannot find the program itself", errno);
    if ((size_t)length >= size)
        return error_set(error, "speedup", "the path of the program is too long");
    path[length] = '\0';
    size_t marked = strlen(mark), whole = (size_t)length;
    *replaced =
        whole > marked && strcmp(path + whole - marked, mark) == 0 && access(path, F_OK) != 0;
    if (*replaced)
        path[whole - marked] = '\0';
    return 0;
}

/* The link leads to the program itself, also where no path does any more. It has our number in it, since a
 * launcher may be the one that follows it. */
int self_program(char *path, size_t size, struct error *error)
{
    bool replaced;
    if (find(path, size, &replaced, error) != 0)
        return -1;
    if (replaced)
        snprintf(path, size, "/proc/%ld/exe", (long)getpid());
    return 0;
}

#endif

int self_path(char *path, size_t size, struct error *error)
{
    bool replaced;
    return find(path, size, &replaced, error);
}

bool self_is_replaced(void)
{
    char path[PATH_MAX];
    struct error ignored;
    bool replaced;
    return find(path, sizeof path, &replaced, &ignored) == 0 && replaced;
}

/* Known when the program was compiled; the Makefile says so. */
#ifndef SOURCE_DIRECTORY
#define SOURCE_DIRECTORY "."
#endif
#ifndef DATA_DIRECTORY
#define DATA_DIRECTORY "/usr/local/share/speedup"
#endif

static bool is_there(char *path, size_t size, const char *folder, const char *below,
                     const char *name)
{
    int length = snprintf(path, size, "%s/%s%s", folder, below, name);
    return length > 0 && (size_t)length < size && access(path, R_OK) == 0;
}

int self_beside(const char *name, char *path, size_t size, struct error *error)
{
    static const char *const below[] = {"", "share/speedup/"};
    static const char *const known[] = {DATA_DIRECTORY, SOURCE_DIRECTORY};
    char program[PATH_MAX];
    if (self_path(program, sizeof program, error) != 0)
        return -1;
    for (size_t i = 0; i < sizeof below / sizeof below[0]; i++) {
        char folder[PATH_MAX];
        snprintf(folder, sizeof folder, "%s", program);
        for (char *slash = strrchr(folder, '/'); slash; slash = strrchr(folder, '/')) {
            *slash = '\0';
            if (is_there(path, size, folder, below[i], name))
                return 0;
        }
    }
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (is_there(path, size, known[i], "", name))
            return 0;
    return error_set(error, name,
                     "not found: neither above the program, nor in " DATA_DIRECTORY
                     ", nor in " SOURCE_DIRECTORY "; run `make install` again");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/self.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __APPLE__
#include <mach-o/dyld.h>
#endif

int self_path(char *path, size_t size, struct error *error)
{
#ifdef __APPLE__
    uint32_t room = (uint32_t)size;
    if (_NSGetExecutablePath(path, &room) == 0)
        return 0;
    return error_set(error, "speedup", "the path of the program is too long");
#else
    ssize_t length = readlink("/proc/self/exe", path, size);
    if (length < 0)
        return error_system(error, "/proc/self/exe", "cannot find the program itself", errno);
    if ((size_t)length >= size)
        return error_set(error, "speedup", "the path of the program is too long");
    path[length] = '\0';
    return 0;
#endif
}

int self_beside(const char *name, char *path, size_t size, struct error *error)
{
    char program[PATH_MAX];
    if (self_path(program, sizeof program, error) != 0)
        return -1;
    /* build/speedup, build/clang/speedup: go up until the file is there. */
    for (char *slash = strrchr(program, '/'); slash; slash = strrchr(program, '/')) {
        *slash = '\0';
        int length = snprintf(path, size, "%s/%s", program, name);
        if (length > 0 && (size_t)length < size && access(path, R_OK) == 0)
            return 0;
    }
    return error_set(error, name,
                     "not found in any folder above the program; run it from where "
                     "it was built");
}

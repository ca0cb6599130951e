/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/directory.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

/* mkdir() says EEXIST of a file, too; and other things of a directory on a read-only disk. So ask
 * whether it is there, whatever mkdir() said. */
static int create_one(const char *whole, const char *path, struct error *error)
{
    struct stat status;
    if (mkdir(path, 0777) == 0)
        return 0;
    int problem = errno;
    if (stat(path, &status) != 0)
        return error_system(error, whole, "cannot make this directory", problem);
    if (!S_ISDIR(status.st_mode))
        return error_system(error, whole, "cannot make this directory", ENOTDIR);
    return 0;
}

int directory_create(const char *path, struct error *error)
{
    size_t length = strlen(path);
    if (length == 0)
        return error_set(error, "--out", "needs the name of a directory");
    char *part = malloc(length + 1);
    if (!part)
        return error_set(error, path, "no memory");
    memcpy(part, path, length + 1);

    int failed = 0;
    for (size_t i = 1; i < length && !failed; i++)
        if (path[i] == '/' && path[i - 1] != '/') {
            part[i] = '\0';
            failed = create_one(path, part, error);
            part[i] = '/';
        }
    if (!failed)
        failed = create_one(path, path, error);
    if (!failed && access(path, W_OK | X_OK) != 0)
        failed = error_system(error, path, "cannot write into this directory", errno);
    free(part);
    return failed;
}

double directory_free_bytes(const char *path)
{
    struct statvfs disk;
    char above[PATH_MAX];
    int length = snprintf(above, sizeof above, "%s", path);
    if (length < 0 || (size_t)length >= sizeof above)
        return 0;
    while (statvfs(above, &disk) != 0) {
        char *slash = strrchr(above, '/');
        if (strcmp(above, "/") == 0 || strcmp(above, ".") == 0)
            return 0;
        if (slash)
            slash[slash == above] = '\0'; /* what is above "/name" is "/" */
        else
            strcpy(above, ".");
    }
    return (double)disk.f_bavail * (double)disk.f_frsize;
}

int directory_temporary_file(const char *name, char *path, size_t size)
{
    const char *directory = getenv("TMPDIR");
    int length =
        snprintf(path, size, "%s/%s-XXXXXX", directory && *directory ? directory : "/tmp", name);
    if (length < 0 || (size_t)length >= size) {
        errno = ENAMETOOLONG;
        return -1;
    }
    return mkstemp(path);
}

int directory_set_aside(const char *path, const char *file, char kept[PATH_MAX],
                        struct error *error)
{
    enum { NUMBERS = 100000 };
    char inside[PATH_MAX];
    int length = (int)strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    kept[0] = '\0';
    if (snprintf(inside, sizeof inside, "%.*s/%s", length, path, file) >= (int)sizeof inside)
        return error_set(error, path, "its name is too long");
    if (access(inside, F_OK) != 0)
        return 0;
    for (int number = 1; number < NUMBERS; number++) {
        if (snprintf(kept, PATH_MAX, "%.*s.%d", length, path, number) >= PATH_MAX)
            return error_set(error, path, "its name is too long");
        if (access(kept, F_OK) == 0)
            continue;
        if (rename(path, kept) == 0)
            return 0;
        return error_system(error, path,
                            "holds results already, and cannot be given another name; choose "
                            "another place with --out",
                            errno);
    }
    return error_set(error, path, "there are too many results beside it; choose another --out");
}

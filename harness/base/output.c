/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/output.h"

#include <errno.h>
#include <stdbool.h>
#include <sys/stat.h>

#include "harness/base/process/leftovers.h"

int output_path(char *path, const char *directory, const char *name, struct error *error)
{
    int length = snprintf(path, PATH_MAX, "%s/%s", directory, name);
    if (length < 0 || length >= PATH_MAX)
        return error_set(error, directory, "the path is too long");
    return 0;
}

/* A device (/dev/null), a pipe or a socket: a file renamed to it takes it from all others. */
static bool is_special(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

int output_open(struct output *output, const char *directory, const char *name, struct error *error)
{
    char hidden[NAME_MAX + 1];
    if (leftovers_name(name, hidden, sizeof hidden, error) != 0 ||
        output_path(output->path, directory, name, error) != 0 ||
        output_path(output->temporary, directory, hidden, error) != 0)
        return -1;
    if (is_special(output->path))
        return error_set(error, output->path, "is not a regular file, and would be replaced");
    output->stream = fopen(output->temporary, "w");
    if (!output->stream)
        return error_system(error, output->path, "cannot be written", errno);
    return 0;
}

/* Why an earlier write failed: nobody has kept its errno, so the next byte has to fail, too. */
static int why_not(FILE *stream)
{
    errno = 0;
    if (fputc('\n', stream) != EOF)
        fflush(stream);
    return errno ? errno : EIO;
}

int output_commit(struct output *output, struct error *error)
{
    int number = ferror(output->stream) ? why_not(output->stream) : 0;
    if (fclose(output->stream) != 0 && number == 0)
        number = errno;
    if (number == 0 && rename(output->temporary, output->path) != 0)
        number = errno;
    if (number == 0)
        return 0;
    error_system(error, output->path, "cannot be written", number);
    remove(output->temporary);
    return -1;
}

void output_discard(struct output *output)
{
    fclose(output->stream);
    remove(output->temporary);
}

int output_remove(const char *directory, const char *name, struct error *error)
{
    char path[PATH_MAX];
    if (output_path(path, directory, name, error) != 0)
        return -1;
    if (remove(path) != 0 && errno != ENOENT)
        return error_system(error, path, "cannot be removed", errno);
    return 0;
}

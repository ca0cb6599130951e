/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/base/process/leftovers.h"

int output_path(char *path, const char *directory, const char *name, struct error *error)
{
    int length = snprintf(path, PATH_MAX, "%s/%s", directory, name);
    if (length < 0 || length >= PATH_MAX)
        return error_set(error, directory, "the path is too long");
    return 0;
}

/* A pipe or a device stays what it is, and is written to at once. Where nobody reads the pipe, that is
 * an error: somebody may never come. */
static FILE *open_special(const char *path)
{
    int fd = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    FILE *stream = fcntl(fd, F_SETFL, 0) == 0 ? fdopen(fd, "w") : NULL;
    if (!stream)
        close(fd);
    return stream;
}

int output_open(struct output *output, const char *directory, const char *name, struct error *error)
{
    char hidden[NAME_MAX + 1];
    if (leftovers_name(name, hidden, sizeof hidden, error) != 0 ||
        output_path(output->path, directory, name, error) != 0 ||
        output_path(output->temporary, directory, hidden, error) != 0)
        return -1;
    struct stat there;
    bool exists = stat(output->path, &there) == 0, special = exists && !S_ISREG(there.st_mode);
    if (exists && S_ISDIR(there.st_mode))
        return error_system(error, output->path, "cannot be written", EISDIR);
    if (special)
        output->temporary[0] = '\0';
    output->stream = special ? open_special(output->path) : fopen(output->temporary, "w");
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
    if (number == 0 && output->temporary[0] && rename(output->temporary, output->path) != 0)
        number = errno;
    if (number == 0)
        return 0;
    error_system(error, output->path, "cannot be written", number);
    if (output->temporary[0])
        remove(output->temporary);
    return -1;
}

void output_discard(struct output *output)
{
    fclose(output->stream);
    if (output->temporary[0])
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

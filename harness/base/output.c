/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/output.h"

#include <errno.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

int output_path(char *path, const char *directory, const char *name, struct error *error)
{
    int length = snprintf(path, PATH_MAX, "%s/%s", directory, name);
    if (length < 0 || length >= PATH_MAX)
        return error_set(error, directory, "the path is too long");
    return 0;
}

int output_open(struct output *output, const char *directory, const char *name, struct error *error)
{
    char hidden[NAME_MAX + 1];
    int length = snprintf(hidden, sizeof hidden, ".%s.%ld", name, (long)getpid());
    if (length < 0 || (size_t)length >= sizeof hidden)
        return error_set(error, name, "the name is too long");
    if (output_path(output->path, directory, name, error) != 0 ||
        output_path(output->temporary, directory, hidden, error) != 0)
        return -1;
    struct stat there;
    bool exists = stat(output->path, &there) == 0;
    if (exists && S_ISDIR(there.st_mode))
        return error_system(error, output->path, "cannot be written", EISDIR);
    if (exists && !S_ISREG(there.st_mode)) /* a pipe or a device: it stays what it is */
        output->temporary[0] = '\0';
    output->stream = fopen(output->temporary[0] ? output->temporary : output->path, "w");
    if (!output->stream)
        return error_system(error, output->path, "cannot be written", errno);
    return 0;
}

/* What went wrong when something was written earlier, nobody has kept; it happens again with the next
 * byte. */
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

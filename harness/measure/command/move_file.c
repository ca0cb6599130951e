/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/command/move_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static int copy_bytes(int in, int out)
{
    char buffer[65536];
    ssize_t got;
    while ((got = read(in, buffer, sizeof buffer)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        for (ssize_t done = 0; done < got;) {
            ssize_t put = write(out, buffer + done, (size_t)(got - done));
            if (put < 0 && errno != EINTR)
                return -1;
            done += put > 0 ? put : 0;
        }
    }
    return 0;
}

static int copy(const char *from, const char *to)
{
    struct stat info;
    int in = open(from, O_RDONLY | O_CLOEXEC), out = -1, failed = -1;
    if (in >= 0 && fstat(in, &info) == 0)
        out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, info.st_mode & 07777);
    if (out >= 0 &&
        fchmod(out, info.st_mode & 07777) == 0) /* open() leaves out what umask forbids */
        failed = copy_bytes(in, out);
    int why = errno;
    if (in >= 0)
        close(in);
    if (out >= 0 && close(out) != 0 && !failed) {
        why = errno;
        failed = -1;
    }
    if (failed && out >= 0)
        unlink(to);
    errno = why;
    return failed;
}

int move_file(const char *from, const char *to, struct error *error)
{
    if (rename(from, to) == 0)
        return 0;
    if (errno != EXDEV || copy(from, to) != 0)
        return error_system(error, from, "cannot be moved", errno);
    if (unlink(from) != 0)
        return error_system(error, from, "was copied and cannot be removed", errno);
    return 0;
}

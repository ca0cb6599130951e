/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/process/pipe.h"

#include <errno.h>
#include <unistd.h>

int pipe_read(int fd, void *buffer, size_t bytes)
{
    for (size_t done = 0; done < bytes;) {
        ssize_t got = read(fd, (char *)buffer + done, bytes - done);
        if (got == 0)
            return done == 0 ? 0 : -1;
        if (got > 0)
            done += (size_t)got;
        else if (errno != EINTR)
            return -1;
    }
    return 1;
}

int pipe_write(int fd, const void *buffer, size_t bytes)
{
    for (size_t done = 0; done < bytes;) {
        ssize_t put = write(fd, (const char *)buffer + done, bytes - done);
        if (put >= 0)
            done += (size_t)put;
        else if (errno != EINTR)
            return -1;
    }
    return 0;
}

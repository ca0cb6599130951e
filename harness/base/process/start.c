/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/process/start.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "harness/base/self.h"

/* open() gives the lowest number that is free, which is the one that was found closed. */
void start_safely(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            if (open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
                _exit(1); /* and nobody to tell */
    signal(SIGXFSZ, SIG_IGN);
    signal(SIGCHLD, SIG_DFL);
}

int start_with_stack(char **arguments, struct error *error)
{
    const rlim_t least = 1 << 20, usual = 8 << 20;
    struct rlimit limit;
    char program[PATH_MAX];
    if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY ||
        limit.rlim_cur >= least)
        return 0;
    limit.rlim_cur = limit.rlim_max < usual ? limit.rlim_max : usual; /* infinity is the largest */
    if (limit.rlim_cur < least)
        return error_set(error, "stack", "%lu KiB are too few; `ulimit -s 8192` allows the usual",
                         (unsigned long)limit.rlim_max / 1024);
    if (setrlimit(RLIMIT_STACK, &limit) != 0 || self_program(program, sizeof program, error) != 0)
        return error_system(error, "stack", "cannot be made larger", errno);
    execv(program, arguments);
    return error_system(error, program, "cannot be run", errno);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/run/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

static int line = -1; /* to the guard; the end of it is what the guard waits for */

/* What ends the program by way of its terminal or its group must not end the guard first. */
static void stand_apart(void)
{
    static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE};
    setpgid(0, 0);
    for (size_t i = 0; i < sizeof ignored / sizeof ignored[0]; i++)
        signal(ignored[i], SIG_IGN);
}

/* Whoever reads our output through a pipe waits for the last process that holds it. */
static void let_go(int kept)
{
    long most = sysconf(_SC_OPEN_MAX);
    for (int fd = 0; fd < (most > 0 && most < 1024 ? (int)most : 1024); fd++)
        if (fd != kept)
            close(fd);
}

static _Noreturn void guard(int from)
{
    pid_t group = 0, next;
    ssize_t got;
    stand_apart();
    let_go(from);
    while ((got = read(from, &next, sizeof next)) != 0) {
        if (got == (ssize_t)sizeof next)
            group = next;
        else if (got < 0 && errno != EINTR)
            break;
    }
    if (group > 0)
        kill(-group, SIGKILL);
    _exit(0);
}

int guard_start(struct error *error)
{
    int ends[2];
    if (line >= 0)
        return 0;
    if (pipe(ends) != 0)
        return error_system(error, "guard", "pipe", errno);
    pid_t child = fork();
    if (child == 0)
        guard(ends[0]);
    int number = errno;
    close(ends[0]);
    if (child < 0 || fcntl(ends[1], F_SETFD, FD_CLOEXEC) != 0) {
        close(ends[1]);
        return error_system(error, "guard", child < 0 ? "fork" : "fcntl", number);
    }
    line = ends[1];
    return 0;
}

/* So few bytes go into a pipe at once or not at all. Where it fails there is no guard, which costs
 * nothing as long as nobody kills this program. */
void guard_watch(pid_t group)
{
    ssize_t written = 0;
    if (line >= 0)
        do
            written = write(line, &group, sizeof group);
        while (written < 0 && errno == EINTR);
    if (written < 0) {
        close(line);
        line = -1;
    }
}

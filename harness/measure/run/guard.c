/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/run/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "harness/base/process/leftovers.h"

static int line = -1; /* to the guard; the end of it is what the guard waits for */

/* A signal to the terminal or the process group of the program must not end the guard first. */
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

/* What it is told: a process group, or a directory. */
struct order {
    pid_t group; /* -1: it is the directory */
    char directory[PATH_MAX];
};

/* An order may come in pieces. False at the end of the pipe. */
static bool read_order(int from, struct order *order)
{
    size_t filled = 0;
    while (filled < sizeof *order) {
        ssize_t got = read(from, (char *)order + filled, sizeof *order - filled);
        if (got < 0 && errno != EINTR)
            _exit(1); /* the program may live, so nothing is killed */
        if (got == 0)
            return false;
        filled += got > 0 ? (size_t)got : 0;
    }
    return true;
}

/* A process that is being killed may write yet. */
static void see_gone(pid_t group)
{
    const struct timespec pause = {.tv_nsec = 5000000};
    for (int i = 0; i < 100 && kill(-group, 0) == 0; i++)
        nanosleep(&pause, NULL);
}

static _Noreturn void guard(int from, pid_t guarded)
{
    static struct order order;
    static char directory[PATH_MAX];
    pid_t group = 0;
    stand_apart();
    let_go(from);
    while (read_order(from, &order))
        if (order.group >= 0)
            group = order.group;
        else
            memcpy(directory, order.directory, sizeof directory);
    if (group > 0 && kill(-group, SIGKILL) == 0)
        see_gone(group);
    if (*directory)
        leftovers_remove_of(directory, (long)guarded);
    _exit(0);
}

int guard_start(struct error *error)
{
    int ends[2];
    if (line >= 0)
        return 0;
    if (pipe(ends) != 0)
        return error_system(error, "guard", "pipe", errno);
    pid_t guarded = getpid(), child = fork();
    if (child == 0)
        guard(ends[0], guarded);
    int number = errno;
    close(ends[0]);
    if (child < 0 || fcntl(ends[1], F_SETFD, FD_CLOEXEC) != 0) {
        close(ends[1]);
        return error_system(error, "guard", child < 0 ? "fork" : "fcntl", number);
    }
    line = ends[1];
    return 0;
}

/* write() without SIGPIPE: that the guard has died is an error, and not the end of this program. */
static ssize_t write_quietly(int to, const void *bytes, size_t count)
{
    sigset_t broken, before, waiting;
    int number;
    sigemptyset(&broken);
    sigaddset(&broken, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken, &before);
    ssize_t written = write(to, bytes, count);
    int why = errno;
    if (written < 0 && why == EPIPE && sigpending(&waiting) == 0 &&
        sigismember(&waiting, SIGPIPE) == 1)
        sigwait(&broken, &number);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = why;
    return written;
}

/* Where it fails there is no guard, which costs nothing as long as nobody kills this program. */
static void tell(const struct order *order)
{
    size_t written = 0;
    while (line >= 0 && written < sizeof *order) {
        ssize_t sent = write_quietly(line, (const char *)order + written, sizeof *order - written);
        if (sent > 0) {
            written += (size_t)sent;
        } else if (sent == 0 || errno != EINTR) {
            close(line);
            line = -1;
        }
    }
}

void guard_watch(pid_t group)
{
    const struct order order = {.group = group};
    tell(&order);
}

void guard_tidy(const char *directory)
{
    struct order order = {.group = -1};
    int length = snprintf(order.directory, sizeof order.directory, "%s", directory);
    if (length > 0 && (size_t)length < sizeof order.directory)
        tell(&order);
}

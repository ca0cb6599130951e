/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/base/process/interrupt.h"

/* What the child was at when it failed, and the errno of it: what goes back through the pipe. */
enum step { STEP_NOTHING, STEP_DIRECTORY, STEP_STREAMS, STEP_ENVIRONMENT, STEP_EXEC };

struct failure {
    enum step step;
    int number;
};

static int set_stream(int stream, int wanted)
{
    if (wanted == SPAWN_SAME)
        return 0;
    int from = wanted == SPAWN_TO_ERROR ? STDERR_FILENO : wanted;
    if (wanted == SPAWN_NOTHING)
        from = open("/dev/null", stream == STDIN_FILENO ? O_RDONLY : O_WRONLY);
    if (from < 0 || dup2(from, stream) < 0)
        return -1;
    return wanted == SPAWN_NOTHING && from > STDERR_FILENO ? close(from) : 0;
}

static int set_streams(const struct spawn *spawn)
{
    if (set_stream(STDIN_FILENO, spawn->in) != 0 || set_stream(STDOUT_FILENO, spawn->out) != 0 ||
        set_stream(STDERR_FILENO, spawn->err) != 0)
        return -1;
    for (const int *fd = spawn->kept; fd && *fd >= 0; fd++)
        if (fcntl(*fd, F_SETFD, 0) != 0)
            return -1;
    return 0;
}

static int set_environment(char *const *environment)
{
    for (; environment && *environment; environment++)
        if ((strchr(*environment, '=') ? putenv(*environment) : unsetenv(*environment)) != 0)
            return -1;
    return 0;
}

/* Signals that are caught are the default again by themselves after exec; those ignored are not. */
static void set_signals(void)
{
    static const int ignored[] = {SIGINT, SIGTERM, SIGQUIT, SIGCHLD, SIGPIPE, SIGXFSZ};
    sigset_t none;
    sigemptyset(&none);
    for (size_t i = 0; i < sizeof ignored / sizeof ignored[0]; i++)
        signal(ignored[i], SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* In the child: becomes the program, or returns what it failed in. */
static enum step become(const struct spawn *spawn)
{
    if (spawn->own_group)
        setpgid(0, 0);
    if (spawn->directory && chdir(spawn->directory) != 0)
        return STEP_DIRECTORY;
    if (set_streams(spawn) != 0)
        return STEP_STREAMS;
    if (set_environment(spawn->environment) != 0)
        return STEP_ENVIRONMENT;
    if (spawn->default_signals)
        set_signals();
    if (spawn->program)
        execv(spawn->program, spawn->arguments);
    else
        execvp(spawn->arguments[0], spawn->arguments);
    return STEP_EXEC;
}

static void explain(const struct spawn *spawn, const struct failure *failure, struct error *error)
{
    const char *name = spawn->program ? spawn->program : spawn->arguments[0];
    if (failure->step == STEP_DIRECTORY)
        error_system(error, spawn->directory, "cannot be entered", failure->number);
    else if (failure->step == STEP_STREAMS)
        error_system(error, name, "its input and output cannot be set", failure->number);
    else if (failure->step == STEP_ENVIRONMENT)
        error_system(error, name, "its environment cannot be set", failure->number);
    else
        error_system(error, name, "cannot be run", failure->number);
}

/* A pipe that an exec closes: what comes out of it, if anything, is why there was none. */
static int open_pipe(int ends[2])
{
    if (pipe(ends) != 0)
        return -1;
    if (fcntl(ends[0], F_SETFD, FD_CLOEXEC) == 0 && fcntl(ends[1], F_SETFD, FD_CLOEXEC) == 0)
        return 0;
    close(ends[0]);
    close(ends[1]);
    return -1;
}

pid_t spawn_start(const struct spawn *spawn, struct error *error)
{
    struct failure failure = {STEP_NOTHING, 0};
    int ends[2];
    ssize_t got;
    if (open_pipe(ends) != 0)
        return error_system(error, spawn->arguments[0], "pipe", errno);
    pid_t child = fork();
    if (child == 0) {
        failure.step = become(spawn);
        failure.number = errno;
        got = write(ends[1], &failure, sizeof failure);
        _exit(got > 0 ? 127 : 126);
    }
    int number = errno;
    if (child > 0 && spawn->own_group)
        setpgid(child, child); /* both do it, so that it has happened whoever is first */
    close(ends[1]);
    if (child < 0)
        error_system(error, spawn->arguments[0], "fork", number);
    while (child > 0 && (got = read(ends[0], &failure, sizeof failure)) < 0 && errno == EINTR)
        continue;
    close(ends[0]);
    if (failure.step != STEP_NOTHING) {
        struct error ignored;
        int status;
        spawn_wait(child, &status, &ignored);
        explain(spawn, &failure, error);
        number = failure.number;
        child = -1;
    }
    errno = number;
    return child;
}

int spawn_wait(pid_t process, int *status, struct error *error)
{
    while (waitpid(process, status, 0) < 0)
        if (errno != EINTR)
            return error_system(error, "process", "waitpid", errno);
    return 0;
}

int spawn_and_wait(const char *directory, char *const *arguments, const char *hint,
                   struct error *error)
{
    const struct spawn spawn = {
        .arguments = arguments, .directory = directory, .out = SPAWN_TO_ERROR};
    int status, before = interrupt_count();
    pid_t child = spawn_start(&spawn, error);
    if (child < 0)
        return access(directory, X_OK) == 0 && errno == ENOENT
                   ? error_set(error, arguments[0], "not found; %s", hint)
                   : -1;
    interrupt_ends(child, before);
    int lost = spawn_wait(child, &status, error);
    interrupt_ends(0, 0);
    if (lost)
        return -1;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return 0;
    if (interrupt_count() != before)
        return error_set(error, "interrupted", "%s was stopped", arguments[0]);
    return error_set(error, arguments[0], "ended with %s %d",
                     WIFEXITED(status) ? "exit status" : "signal",
                     WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
}

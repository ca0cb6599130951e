/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* posix_spawn_file_actions_addchdir_np(), which macOS and musl have too */
#include "harness/base/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/base/process/interrupt.h"

extern char **environ;

/* posix_spawn() and not fork(): a fork copies the page tables of a program that may have mapped
 * gigabytes, only for the exec to throw them away. */

static int add_stream(posix_spawn_file_actions_t *actions, int stream, int wanted)
{
    if (wanted == SPAWN_SAME)
        return 0;
    if (wanted == SPAWN_NOTHING)
        return posix_spawn_file_actions_addopen(actions, stream, "/dev/null",
                                                stream == STDIN_FILENO ? O_RDONLY : O_WRONLY, 0);
    return posix_spawn_file_actions_adddup2(
        actions, wanted == SPAWN_TO_ERROR ? STDERR_FILENO : wanted, stream);
}

/* A descriptor that is copied to itself loses its close-on-exec mark (POSIX 2024; glibc 2.29, musl). */
static int add_kept(posix_spawn_file_actions_t *actions, int fd)
{
#ifdef __APPLE__
    return posix_spawn_file_actions_addinherit_np(actions, fd);
#else
    return posix_spawn_file_actions_adddup2(actions, fd, fd);
#endif
}

static int fill_actions(const struct spawn *spawn, posix_spawn_file_actions_t *actions)
{
    int number = 0;
    if (spawn->directory)
        number = posix_spawn_file_actions_addchdir_np(actions, spawn->directory);
    if (number == 0)
        number = add_stream(actions, STDIN_FILENO, spawn->in);
    if (number == 0)
        number = add_stream(actions, STDOUT_FILENO, spawn->out);
    if (number == 0)
        number = add_stream(actions, STDERR_FILENO, spawn->err);
    for (const int *fd = spawn->kept; number == 0 && fd && *fd >= 0; fd++)
        number = add_kept(actions, *fd);
    return number;
}

/* Signals that are caught are the default again by themselves after exec; those ignored are not. */
static int fill_attributes(const struct spawn *spawn, posix_spawnattr_t *attributes)
{
    static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGCHLD, SIGPIPE, SIGXFSZ};
    sigset_t none, defaults;
    int flags = spawn->own_group ? POSIX_SPAWN_SETPGROUP : 0; /* its number is 0: a new one */
    sigemptyset(&none);
    sigemptyset(&defaults);
    for (size_t i = 0; i < sizeof ignored / sizeof ignored[0]; i++)
        sigaddset(&defaults, ignored[i]);
    if (spawn->default_signals)
        flags |= POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
    int number = posix_spawnattr_setsigdefault(attributes, &defaults);
    if (number == 0)
        number = posix_spawnattr_setsigmask(attributes, &none);
    return number == 0 ? posix_spawnattr_setflags(attributes, (short)flags) : number;
}

static bool same_name(const char *variable, const char *other)
{
    size_t length = strcspn(variable, "=");
    return strcspn(other, "=") == length && memcmp(variable, other, length) == 0;
}

/* Our environment with the changes made: a list for free(), whose texts are not copies. */
static char **changed_environment(char *const *changes)
{
    size_t count = 0, changed = 0, used = 0;
    while (environ[count])
        count++;
    while (changes && changes[changed])
        changed++;
    char **result = calloc(count + changed + 1, sizeof *result);
    for (size_t i = 0; result && i < count; i++) {
        size_t k = 0;
        while (k < changed && !same_name(changes[k], environ[i]))
            k++;
        if (k == changed)
            result[used++] = environ[i];
    }
    for (size_t k = 0; result && k < changed; k++)
        if (strchr(changes[k], '='))
            result[used++] = changes[k];
    return result;
}

static int start(const struct spawn *spawn, pid_t *child)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int number = posix_spawn_file_actions_init(&actions);
    if (number != 0)
        return number;
    number = posix_spawnattr_init(&attributes);
    if (number != 0)
        goto no_attributes;
    char **environment = changed_environment(spawn->environment);
    number = environment ? fill_actions(spawn, &actions) : ENOMEM;
    if (number == 0)
        number = fill_attributes(spawn, &attributes);
    if (number == 0 && spawn->program)
        number = posix_spawn(child, spawn->program, &actions, &attributes, spawn->arguments,
                             environment);
    else if (number == 0)
        number = posix_spawnp(child, spawn->arguments[0], &actions, &attributes, spawn->arguments,
                              environment);
    free(environment);
    posix_spawnattr_destroy(&attributes);
no_attributes:
    posix_spawn_file_actions_destroy(&actions);
    return number;
}

pid_t spawn_start(const struct spawn *spawn, struct error *error)
{
    pid_t child = -1;
    int number = start(spawn, &child);
    if (number == 0)
        return child;
    /* posix_spawn() does not tell in which of its steps it failed. */
    if (spawn->directory && access(spawn->directory, X_OK) != 0)
        error_system(error, spawn->directory, "cannot be entered", number);
    else
        error_system(error, spawn->program ? spawn->program : spawn->arguments[0], "cannot be run",
                     number);
    errno = number;
    return -1;
}

int spawn_wait(pid_t process, int *status, struct error *error)
{
    while (waitpid(process, status, 0) < 0)
        if (errno != EINTR)
            return error_system(error, "process", "waitpid", errno);
    return 0;
}

/* Waits for its end and leaves it to be waited for, so that its number cannot become another's. */
static void see_end(pid_t process)
{
    siginfo_t info;
    while (waitid(P_PID, (id_t)process, &info, WEXITED | WNOWAIT) != 0 && errno == EINTR)
        continue;
}

int spawn_and_wait(const char *directory, char *const *arguments, char *const *environment,
                   const char *hint, struct error *error)
{
    const struct spawn spawn = {.arguments = arguments,
                                .directory = directory,
                                .out = SPAWN_TO_ERROR,
                                .environment = environment};
    int status, before = interrupt_count();
    pid_t child = spawn_start(&spawn, error);
    if (child < 0)
        return access(directory, X_OK) == 0 && errno == ENOENT
                   ? error_set(error, arguments[0], "not found; %s", hint)
                   : -1;
    interrupt_ends(child, before);
    see_end(child);
    interrupt_ends(0, 0);
    if (spawn_wait(child, &status, error) != 0)
        return -1;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return 0;
    if (interrupt_count() != before)
        return error_set(error, "interrupted", "%s was stopped", arguments[0]);
    return error_set(error, arguments[0], "ended with %s %d",
                     WIFEXITED(status) ? "exit status" : "signal",
                     WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
}

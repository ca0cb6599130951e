/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/base/spawn.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

/* As shells have it. */
enum { NOT_FOUND = 127, NO_DIRECTORY = 126 };

int spawn_and_wait(const char *directory, char *const *arguments, const char *hint,
                   struct error *error)
{
    int status;
    pid_t child = fork();
    if (child < 0)
        return error_system(error, arguments[0], "fork", errno);
    if (child == 0) {
        if (chdir(directory) != 0 || dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
            _exit(NO_DIRECTORY);
        execvp(arguments[0], arguments);
        _exit(NOT_FOUND);
    }
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return error_system(error, arguments[0], "waitpid", errno);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return 0;
    if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_FOUND)
        return error_set(error, arguments[0], "not found; %s", hint);
    if (WIFEXITED(status) && WEXITSTATUS(status) == NO_DIRECTORY)
        return error_set(error, directory, "cannot be entered");
    return error_set(error, arguments[0], "ended with %s %d",
                     WIFEXITED(status) ? "exit status" : "signal",
                     WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
}

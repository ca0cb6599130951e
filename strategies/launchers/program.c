/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "strategies/launchers/program.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "strategies/process.h"

bool program_exists(const char *name)
{
    const char *path = getenv("PATH");
    while (path && *path) {
        char candidate[PATH_MAX];
        int length = (int)strcspn(path, ":");
        int used = snprintf(candidate, sizeof candidate, "%.*s/%s", length, path, name);
        if (used > 0 && (size_t)used < sizeof candidate && access(candidate, X_OK) == 0)
            return true;
        path += length;
        path += *path == ':';
    }
    return false;
}

static void become_version(const char *name, int out)
{
    char program[NAME_MAX + 1], flag[] = "--version";
    char *arguments[] = {program, flag, NULL};
    int nothing = open("/dev/null", O_RDWR);
    snprintf(program, sizeof program, "%s", name);
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
        dup2(nothing, STDERR_FILENO) < 0)
        _exit(127);
    execvp(program, arguments);
    _exit(127);
}

bool program_is(const char *name, const char *words)
{
    char text[512] = {0};
    int ends[2];
    if (!program_exists(name) || pipe(ends) != 0)
        return false;
    pid_t child = fork();
    if (child == 0)
        become_version(name, ends[1]);
    close(ends[1]);
    if (child > 0) {
        process_read(ends[0], text, sizeof text - 1); /* less is fine: the rest stays zero */
        close(ends[0]);
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
            continue;
        return strstr(text, words) != NULL;
    }
    close(ends[0]);
    return false;
}

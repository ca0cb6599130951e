/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "strategies/launchers/program.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/base/spawn.h"

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

bool program_is(const char *name, const char *words)
{
    char text[512] = {0};
    struct words command = {0};
    struct error ignored;
    FILE *output = NULL;
    int status;
    words_add(&command, name);
    words_add(&command, "--version");
    pid_t child = program_start(&command, SPAWN_NOTHING, SPAWN_NOTHING, &output, &ignored);
    words_free(&command);
    if (child < 0)
        return false;
    size_t count = fread(text, 1, sizeof text - 1, output);
    fclose(output);
    return spawn_wait(child, &status, &ignored) == 0 && count > 0 && strstr(text, words) != NULL;
}

pid_t program_start(const struct words *words, int in, int err, FILE **output, struct error *error)
{
    int ends[2];
    if (words->failed || pipe(ends) != 0)
        return error_system(error, words->count ? words->word[0] : "command", "cannot be run",
                            words->failed ? ENOMEM : errno);
    const struct spawn spawn = {
        .arguments = words->word, .in = in, .out = ends[1], .err = err, .default_signals = true};
    pid_t child = -1;
    *output = fdopen(ends[0], "r");
    if (!*output || fcntl(ends[0], F_SETFD, FD_CLOEXEC) != 0 ||
        fcntl(ends[1], F_SETFD, FD_CLOEXEC) != 0)
        error_system(error, words->word[0], "its output cannot be read", errno);
    else
        child = spawn_start(&spawn, error);
    close(ends[1]);
    if (child < 0 && *output)
        fclose(*output);
    else if (child < 0)
        close(ends[0]);
    return child;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/measure/command/run_command.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/base/directory.h"
#include "harness/base/spawn.h"
#include "harness/measure/command/placeholders.h"

int run_command_create(struct run_command *command, char *const *template, int workers)
{
    *command = (struct run_command){
        .template = template, .workers = workers, .errors = calloc((size_t)workers, sizeof(int))};
    for (int i = 0; command->errors && i < workers; i++)
        command->errors[i] = -1;
    return command->errors ? 0 : -1;
}

void run_command_destroy(struct run_command *command)
{
    for (int i = 0; command->errors && i < command->workers; i++)
        if (command->errors[i] >= 0)
            close(command->errors[i]);
    free(command->errors);
    *command = (struct run_command){0};
}

char **run_command_words(const struct run_command *command, const char *file, int task, int worker)
{
    const struct placeholder_values values = {
        .file = file, .task = task, .worker = worker, .workers = command->workers};
    return placeholders_replace(command->template, &values);
}

/* A file that goes when its last descriptor is closed. Written at its end by whoever has it, so that
 * it can be emptied while a straggler of an earlier task still holds it. */
static int nameless_file(void)
{
    char path[PATH_MAX];
    int file = directory_temporary_file("speedup-stderr", path, sizeof path);
    if (file < 0)
        return -1;
    unlink(path);
    if (fcntl(file, F_SETFD, FD_CLOEXEC) != 0 || fcntl(file, F_SETFL, O_APPEND) != 0) {
        close(file);
        return -1;
    }
    return file;
}

int run_command_errors(struct run_command *command, int worker)
{
    int *file = &command->errors[worker];
    if (*file < 0)
        *file = nameless_file();
    else if (lseek(*file, 0, SEEK_END) > 0 && ftruncate(*file, 0) != 0) {
        close(*file);
        *file = -1;
    }
    return *file >= 0 ? *file : SPAWN_NOTHING;
}

/* The last line that is not empty: what a program says last is mostly why it gave up. */
static void last_words(int file, char *text, size_t size)
{
    char end[400];
    off_t length = file < 0 ? -1 : lseek(file, 0, SEEK_END);
    off_t from = length > (off_t)sizeof end - 1 ? length - (off_t)sizeof end + 1 : 0;
    ssize_t got = length > 0 ? pread(file, end, sizeof end - 1, from) : -1;
    text[0] = '\0';
    while (got > 0 && (end[got - 1] == '\n' || end[got - 1] == ' ' || end[got - 1] == '\r'))
        got--;
    if (got <= 0)
        return;
    end[got] = '\0';
    const char *line = strrchr(end, '\n');
    snprintf(text, size, ": %.300s", line ? line + 1 : end);
}

int run_command_judge(const struct run_command *command, const char *file, int task, int worker,
                      int status, bool *crashed, struct error *error)
{
    char what[160], said[320];
    *crashed = WIFSIGNALED(status);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return 0;
    if (*file)
        snprintf(what, sizeof what, "task %d (%s)", task + 1, file);
    else
        snprintf(what, sizeof what, "task %d", task + 1);
    last_words(command->errors[worker], said, sizeof said);
    if (*crashed)
        return error_set(error, what, "killed by signal %d (%s)%s", WTERMSIG(status),
                         strsignal(WTERMSIG(status)), said);
    return error_set(error, what, "ended with exit status %d%s", WEXITSTATUS(status), said);
}

int run_command_run(struct run_command *command, const char *file, int task, int worker,
                    bool *crashed, struct error *error)
{
    int status = 0;
    *crashed = false;
    char **words = run_command_words(command, file, task, worker);
    if (!words)
        return error_set(error, "command", "no memory");
    const struct spawn spawn = {.arguments = words,
                                .in = SPAWN_NOTHING,
                                .out = SPAWN_NOTHING,
                                .err = run_command_errors(command, worker),
                                .default_signals = true}; /* we ignore SIGPIPE; it is not to */
    pid_t process = spawn_start(&spawn, error);
    free(words);
    if (process < 0 || spawn_wait(process, &status, error) != 0)
        return -1;
    return run_command_judge(command, file, task, worker, status, crashed, error);
}

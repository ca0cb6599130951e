/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/support/cmocka_all.h"

enum { CANNOT_START = 127 };

/* In the child: no assertions here, they would run the rest of the tests a second time. */
static _Noreturn void become(const char *const *arguments, FILE *out, FILE *err)
{
    int nothing = open("/dev/null", O_RDONLY);
    setpgid(0, 0);
    if (nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 && dup2(fileno(out), STDOUT_FILENO) >= 0 &&
        dup2(fileno(err), STDERR_FILENO) >= 0)
        execvp(arguments[0], (char *const *)arguments);
    _exit(CANNOT_START);
}

/* The wait status of the child, or -1 where it had to be killed. Asking every few milliseconds is
 * portable; waiting with a time limit is not. */
static int wait_for(pid_t child)
{
    const struct timespec pause = {.tv_nsec = 2000000};
    struct timespec start, now;
    int status;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (;;) {
        pid_t ended = waitpid(child, &status, WNOHANG);
        if (ended == child)
            return status;
        clock_gettime(CLOCK_MONOTONIC, &now);
        if ((ended < 0 && errno != EINTR) || now.tv_sec - start.tv_sec > PROGRAM_TIME_LIMIT_S) {
            kill(-child, SIGKILL);
            kill(child, SIGKILL); /* for the moment before it has a group of its own */
            waitpid(child, &status, 0);
            return -1;
        }
        nanosleep(&pause, NULL);
    }
}

static char *read_all(FILE *file)
{
    long length = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    char *text = length >= 0 ? malloc((size_t)length + 1) : NULL;
    if (text) {
        rewind(file);
        text[fread(text, 1, (size_t)length, file)] = '\0';
    }
    return text;
}

struct outcome run_program(const char *const *arguments)
{
    struct outcome outcome = {0};
    int status = -1;
    FILE *out = tmpfile(), *err = tmpfile();
    pid_t child = out && err ? fork() : -1;
    if (child == 0)
        become(arguments, out, err);
    if (child > 0) {
        status = wait_for(child);
        outcome.out = read_all(out);
        outcome.err = read_all(err);
    }
    if (out)
        fclose(out);
    if (err)
        fclose(err);

    if (child < 0 || !outcome.out || !outcome.err)
        fail_msg("%s: no process, temporary file or memory", arguments[0]);
    if (status == -1)
        fail_msg("%s: killed after %d s; it had said: %s%s", arguments[0], PROGRAM_TIME_LIMIT_S,
                 outcome.out, outcome.err);
    outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (outcome.code == CANNOT_START)
        fail_msg("%s: cannot be started", arguments[0]);
    return outcome;
}

void outcome_free(struct outcome *outcome)
{
    free(outcome->out);
    free(outcome->err);
    *outcome = (struct outcome){0};
}

const char *speedup_path(void)
{
    const char *path = getenv("SPEEDUP");
    if (!path)
        fail_msg("SPEEDUP does not name the program; start the tests with `make test`");
    return path;
}

void assert_program_says(const char *const *arguments, int exit_code, const char *message)
{
    char expected[2048];
    struct outcome outcome = run_program(arguments);
    snprintf(expected, sizeof expected, "speedup: %s\n", message);
    assert_string_equal(outcome.err, expected);
    assert_string_equal(outcome.out, "");
    assert_int_equal(outcome.code, exit_code);
    outcome_free(&outcome);
}

void assert_program_runs(const char *const *arguments)
{
    struct outcome outcome = run_program(arguments);
    if (outcome.code != 0)
        fail_msg("exit code %d: %s", outcome.code, outcome.err);
    outcome_free(&outcome);
}

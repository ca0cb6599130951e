/* SPDX-License-Identifier: GPL-3.0-or-later */
/* speedup prints: ten processes that write to the same terminal. A demonstration, not a
 * measurement: what is seen differs from run to run.
 *
 * A question to think about: why do whole lines come out whole although nobody agreed on an order?
 */
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "harness/commands/command.h"

enum { PROCESSES = 10, LINE_LENGTH = 64 };

struct settings {
    bool forget_join;
};

static const struct option_row options[] = {
    {"forget-join", NULL, NULL, "the parent says \"all done\" before its children are", OPTION_FLAG,
     OPTION_INTO(struct settings, forget_join)},
    {0},
};

static void pause_ms(long milliseconds)
{
    const struct timespec time = {.tv_nsec = milliseconds * 1000000};
    nanosleep(&time, NULL);
}

/* Past stdio, whose buffer every child would inherit and write out once more. */
static int say(const char *text)
{
    size_t length = strlen(text);
    ssize_t put;
    do
        put = write(STDOUT_FILENO, text, length);
    while (put < 0 && errno == EINTR);
    return put == (ssize_t)length ? 0 : -1;
}

/* The pauses stand for the work that a program does between two outputs, and leave the others time
 * to come in between. */
static int say_in_pieces(int number)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%d", number);
    const char *const pieces[] = {"I am ", "process ", digits, "\n"};
    int failed = 0;
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0] && !failed; i++) {
        failed = say(pieces[i]);
        pause_ms(1);
    }
    return failed;
}

/* One write of few bytes is not interrupted by another: it comes out whole. */
static int say_at_once(int number)
{
    char line[LINE_LENGTH];
    snprintf(line, sizeof line, "I am process %d\n", number);
    return say(line);
}

/* What a child does; it never returns. All wait at the gate, a pipe in which nothing ever comes,
 * until the parent closes its end: so they begin together. */
static _Noreturn void child(int number, const int gate[2], int (*introduce)(int number))
{
    char nothing;
    close(gate[1]); /* or its own copy would keep the gate shut */
    while (read(gate[0], &nothing, 1) < 0 && errno == EINTR)
        ;
    pause_ms(20); /* its work */
    _exit(introduce(number) == 0 ? 0 : 1);
}

/* The join: waits for `count` children. */
static int join(const pid_t *children, int count, struct error *error)
{
    int failed = 0;
    for (int i = 0; i < count; i++) {
        int status;
        pid_t ended;
        do
            ended = waitpid(children[i], &status, 0);
        while (ended < 0 && errno == EINTR);
        if (ended < 0)
            failed = error_system(error, "prints", "waitpid", errno);
        else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
            failed = error_set(error, "prints", "process %d could not write its line", i);
    }
    return failed;
}

/* Ten processes introduce themselves, and the parent says "all done": after the join, as it should,
 * or before, where the join is forgotten. */
static int introduce_all(int (*introduce)(int number), bool forget_join, struct error *error)
{
    static const char done[] = "Parent: all done\n";
    pid_t children[PROCESSES];
    int gate[2], count = 0, failed = 0;

    if (fflush(stdout) != 0)
        return error_system(error, "standard output", "cannot be written", errno);
    if (pipe(gate) != 0)
        return error_system(error, "prints", "pipe", errno);
    for (; count < PROCESSES && !failed; count += !failed) {
        children[count] = fork();
        if (children[count] == 0)
            child(count, gate, introduce);
        if (children[count] < 0)
            failed = error_system(error, "prints", "fork", errno);
    }
    close(gate[0]);
    close(gate[1]);
    if (forget_join && say(done) != 0)
        failed = error_set(error, "standard output", "cannot be written");
    /* Even a demonstration leaves no process behind. */
    if (join(children, count, error) != 0)
        failed = -1;
    if (!forget_join && !failed && say(done) != 0)
        failed = error_set(error, "standard output", "cannot be written");
    return failed;
}

static int show_writing(struct error *error)
{
    puts("Ten processes write \"I am process N\" in four pieces each: \"I am \", \"process \",\n"
         "N, and the end of the line. Nobody has agreed on turns, so the pieces are glued\n"
         "together:\n");
    if (introduce_all(say_in_pieces, false, error) != 0)
        return -1;
    puts("\nThe same, each line in one write. Every line is whole, but their order is left\n"
         "to chance:\n");
    if (introduce_all(say_at_once, false, error) != 0)
        return -1;
    puts("\nRun it again: what comes out is different. `speedup prints --forget-join` shows\n"
         "what \"all done\" is worth when nobody has waited.");
    return 0;
}

static int show_forgotten_join(struct error *error)
{
    puts("The parent starts ten processes and forgets to wait for them (the join). It says\n"
         "\"all done\" while they are still at work; had it gone on to use their results, it\n"
         "would have found none:\n");
    if (introduce_all(say_at_once, true, error) != 0)
        return -1;
    puts("\n(Only this demonstration then waited for them. A program that just ends leaves\n"
         "its children running, and their lines come up behind the next prompt.)");
    return 0;
}

static enum exit_code run(void *given, const struct command_line *line, struct error *error)
{
    const struct settings *settings = given;
    (void)line;
    int failed = settings->forget_join ? show_forgotten_join(error) : show_writing(error);
    return failed ? EXIT_CODE_FAILED : EXIT_CODE_DONE;
}

const struct command prints_command = {
    .name = "prints",
    .summary = "a demonstration: processes that write to one terminal",
    .arguments = "[--forget-join]",
    .about = "Ten processes write \"I am process N\": in pieces, which are glued together on "
             "one line, and each line at once.",
    .options = options,
    .settings_bytes = sizeof(struct settings),
    .run = run,
};

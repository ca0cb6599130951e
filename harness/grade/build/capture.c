/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/grade/build/capture.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/personality.h>
#include <sys/prctl.h>
#endif

#include "harness/base/clock.h"
#include "harness/base/process/interrupt.h"

enum { TEXT_MAX = 4 << 20, PIECE = 16384, NOT_FOUND = 127 };

struct text {
    char *text;
    size_t used, room;
};

/* In the child. Randomised addresses are switched off where we may: older ThreadSanitizers cannot
 * place their memory under newer kernels otherwise. */
static _Noreturn void become(char *const *arguments, const char *const *environment,
                             const int output[2], const int errors[2])
{
    int nothing = open("/dev/null", O_RDONLY);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGTERM); /* the probe ends its case then */
    personality(ADDR_NO_RANDOMIZE);
#endif
    setpgid(0, 0);
    for (size_t i = 0; environment && environment[i]; i++)
        putenv((char *)(size_t)environment[i]); /* putenv() does not change the text */
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(output[1], STDOUT_FILENO) < 0 ||
        dup2(errors[1], STDERR_FILENO) < 0)
        _exit(NOT_FOUND);
    close(nothing);
    for (int i = 0; i < 2; i++) {
        close(output[i]);
        close(errors[i]);
    }
    execvp(arguments[0], arguments);
    _exit(NOT_FOUND);
}

/* Reads what there is. False at the end. What is too much is read and forgotten. */
static bool take(int fd, struct text *text)
{
    char piece[PIECE];
    ssize_t got = read(fd, piece, sizeof piece);
    if (got < 0)
        return errno == EINTR || errno == EAGAIN;
    if (got == 0)
        return false;
    if (text->used + (size_t)got + 1 > text->room && text->room < TEXT_MAX) {
        size_t room = 2 * text->room + 2 * PIECE;
        char *larger = realloc(text->text, room);
        if (!larger)
            return true;
        text->text = larger;
        text->room = room;
    }
    if (text->used + (size_t)got + 1 <= text->room) {
        memcpy(text->text + text->used, piece, (size_t)got);
        text->used += (size_t)got;
    }
    return true;
}

/* Until both ends are closed and the child has ended, or it takes too long. Others may hold the
 * pipes open when it has ended; they are not waited for. */
static void listen_to(pid_t child, const int fd[2], struct text text[2], double limit_s,
                      struct capture *capture)
{
    struct pollfd ends[2] = {{.fd = fd[0], .events = POLLIN}, {.fd = fd[1], .events = POLLIN}};
    double until = clock_seconds() + limit_s;
    bool ended = false;
    for (;;) {
        bool silent = poll(ends, 2, ended ? 0 : 20) <= 0;
        for (int i = 0; i < 2; i++)
            if (ends[i].fd >= 0 && ends[i].revents != 0 && !take(ends[i].fd, &text[i]))
                ends[i].fd = -1;
        if (ended && (silent || (ends[0].fd < 0 && ends[1].fd < 0)))
            return;
        pid_t seen = ended ? 0 : waitpid(child, &capture->status, WNOHANG);
        if (seen == child || (seen < 0 && errno != EINTR))
            ended = true;
        else if (!ended && clock_seconds() > until) {
            kill(-child, capture->too_long ? SIGKILL : SIGTERM); /* first it may tidy up */
            capture->too_long = true;
            until += 1;
        }
    }
}

static char *finish(struct text *text)
{
    if (!text->text)
        return calloc(1, 1);
    text->text[text->used] = '\0';
    return text->text;
}

static void close_both(const int ends[2])
{
    close(ends[0]);
    close(ends[1]);
}

int capture_run(char *const *arguments, const char *const *environment, double limit_s,
                struct capture *capture, struct error *error)
{
    struct text text[2] = {{NULL, 0, 0}, {NULL, 0, 0}};
    int output[2], errors[2];
    *capture = (struct capture){.status = 0};
    if (pipe(output) != 0)
        return error_system(error, arguments[0], "pipe", errno);
    if (pipe(errors) != 0) {
        close_both(output);
        return error_system(error, arguments[0], "pipe", errno);
    }
    int signals = interrupt_count();
    pid_t child = fork();
    if (child == 0)
        become(arguments, environment, output, errors);
    if (child < 0) {
        close_both(output);
        close_both(errors);
        return error_system(error, arguments[0], "fork", errno);
    }
    close(output[1]);
    close(errors[1]);
    interrupt_ends(child, signals);
    listen_to(child, (int[]){output[0], errors[0]}, text, limit_s, capture);
    interrupt_ends(0, 0);
    kill(-child, SIGKILL); /* whatever it has left in its group */
    close(output[0]);
    close(errors[0]);
    capture->output = finish(&text[0]);
    capture->errors = finish(&text[1]);
    if (!capture->output || !capture->errors)
        return error_set(error, arguments[0], "no memory for its output");
    if (interrupt_signal())
        return error_set(error, "interrupted", "no verdict");
    if (WIFEXITED(capture->status) && WEXITSTATUS(capture->status) == NOT_FOUND)
        return error_set(error, arguments[0], "cannot be run; is it installed?");
    return 0;
}

void capture_destroy(struct capture *capture)
{
    free(capture->output);
    free(capture->errors);
    *capture = (struct capture){.status = 0};
}

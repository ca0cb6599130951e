/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/background.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"

void background_nap(void)
{
    const struct timespec pause = {.tv_nsec = 5000000};
    nanosleep(&pause, NULL);
}

bool background_is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

pid_t background_start(const char *const *arguments)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        setpgid(0, 0);
        if (freopen("out", "w", stdout) && freopen("err", "w", stderr))
            execvp(arguments[0], (char *const *)arguments);
        _exit(127);
    }
    return child;
}

int background_end(pid_t child)
{
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void background_assert_said(const char *what)
{
    size_t count;
    char *text = scratch_read("err", &count);
    if (!strstr(text, what))
        fail_msg("'%s' is not in: %s", what, text);
    assert_null(strstr(text, "no row"));
    free(text);
}

void background_write_slow(const char *before)
{
    FILE *script = fopen("slow", "w");
    assert_non_null(script);
    fprintf(script, "#!/bin/sh\n%s\necho $$ >pid.new\nmv pid.new pid\nexec sleep 60\n", before);
    assert_int_equal(fclose(script), 0);
    assert_int_equal(chmod("slow", 0755), 0);
}

pid_t background_slow(void)
{
    size_t count;
    for (int i = 0; i < 4000 && !background_is_there("pid"); i++)
        background_nap();
    char *text = scratch_read("pid", &count);
    pid_t process = (pid_t)atol(text);
    free(text);
    assert_true(process > 0);
    return process;
}

void background_assert_ends(pid_t process)
{
    for (int i = 0; i < 2000 && kill(process, 0) == 0; i++)
        background_nap();
    assert_int_equal(kill(process, 0), -1);
    assert_int_equal(errno, ESRCH);
}

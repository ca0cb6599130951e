/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starting programs: what they get from us, and why one cannot be started. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/base/spawn.h"
#include "harness/base/words.h"
#include "tests/support/cmocka_all.h"

/* What `sh -c SCRIPT` prints when it is started so. */
static void run_shell(struct spawn spawn, const char *script, char *text, size_t size)
{
    struct words words = {0};
    struct error error;
    int ends[2], status;
    words_add(&words, "sh");
    words_add(&words, "-c");
    words_add(&words, script);
    assert_false(words.failed);
    assert_int_equal(pipe(ends), 0);
    spawn.arguments = words.word;
    spawn.out = ends[1];
    pid_t child = spawn_start(&spawn, &error);
    if (child < 0)
        fail_msg("%s", error.text);
    words_free(&words);
    close(ends[1]);
    memset(text, 0, size);
    for (size_t used = 0; used < size - 1;) {
        ssize_t got = read(ends[0], text + used, size - 1 - used);
        if (got <= 0)
            break;
        used += (size_t)got;
    }
    close(ends[0]);
    assert_int_equal(spawn_wait(child, &status, &error), 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void it_gets_directory_and_environment(void **state)
{
    char text[200], set[] = "SPEEDUP_TEST=a b", unset[] = "SPEEDUP_OTHER";
    char *const environment[] = {set, unset, NULL};
    (void)state;
    assert_int_equal(setenv("SPEEDUP_OTHER", "x", 1), 0);
    run_shell((struct spawn){.directory = "/", .environment = environment},
              "pwd; echo \"$SPEEDUP_TEST,$SPEEDUP_OTHER.\"", text, sizeof text);
    assert_string_equal(text, "/\na b,.\n");
    assert_null(getenv("SPEEDUP_TEST")); /* ours is as it was */
    assert_string_equal(getenv("SPEEDUP_OTHER"), "x");
}

static void it_gets_the_descriptors_that_are_meant_for_it(void **state)
{
    char text[200], script[200];
    int ends[2];
    (void)state;
    assert_int_equal(pipe(ends), 0);
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    snprintf(script, sizeof script, "(exec <&%d) 2>/dev/null && echo kept; cat", ends[0]);
    run_shell((struct spawn){.in = SPAWN_NOTHING, .kept = (const int[]){ends[0], -1}}, script, text,
              sizeof text);
    assert_string_equal(text, "kept\n");
    run_shell((struct spawn){.in = SPAWN_NOTHING}, script, text, sizeof text);
    assert_string_equal(text, "");
    close(ends[0]);
    close(ends[1]);
}

static void it_may_have_a_group_and_signals_of_its_own(void **state)
{
    char sh[] = "sh", flag[] = "-c", script[] = "kill -TERM $$; sleep 60";
    char *const arguments[] = {sh, flag, script, NULL};
    const struct spawn spawn = {.arguments = arguments, .own_group = true, .default_signals = true};
    struct error error;
    siginfo_t info;
    int status;
    (void)state;
    signal(SIGTERM, SIG_IGN);
    pid_t child = spawn_start(&spawn, &error);
    signal(SIGTERM, SIG_DFL);
    assert_true(child > 0);
    assert_int_equal(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT), 0);
    assert_int_equal(getpgid(child), child);
    assert_int_equal(spawn_wait(child, &status, &error), 0);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGTERM);
}

static void what_cannot_be_started_says_why(void **state)
{
    char nosuch[] = "no-such-program", sh[] = "sh";
    char *const missing[] = {nosuch, NULL}, *const there[] = {sh, NULL};
    struct error error;
    (void)state;
    assert_int_equal(spawn_start(&(struct spawn){.arguments = missing}, &error), -1);
    assert_int_equal(errno, ENOENT);
    assert_string_equal(error.text, "no-such-program: cannot be run: No such file or directory");
    assert_int_equal(spawn_start(&(struct spawn){.arguments = there, .program = "/"}, &error), -1);
    assert_string_equal(error.text, "/: cannot be run: Permission denied");
    assert_int_equal(
        spawn_start(&(struct spawn){.arguments = there, .directory = "nowhere"}, &error), -1);
    assert_string_equal(error.text, "nowhere: cannot be entered: No such file or directory");
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* nothing is left of them */
    assert_int_equal(errno, ECHILD);
}

static void one_that_is_waited_for_is_judged(void **state)
{
    char sh[] = "sh", flag[] = "-c", good[] = "exit 0", bad[] = "exit 3", killed[] = "kill -9 $$";
    char nosuch[] = "no-such-program";
    char *const first[] = {sh, flag, good, NULL}, *const second[] = {sh, flag, bad, NULL};
    char *const third[] = {sh, flag, killed, NULL}, *const fourth[] = {nosuch, NULL};
    struct error error;
    (void)state;
    assert_int_equal(spawn_and_wait(".", first, NULL, "install it", &error), 0);
    assert_int_equal(spawn_and_wait(".", second, NULL, "install it", &error), -1);
    assert_string_equal(error.text, "sh: ended with exit status 3");
    assert_int_equal(spawn_and_wait(".", third, NULL, "install it", &error), -1);
    assert_string_equal(error.text, "sh: ended with signal 9");
    assert_int_equal(spawn_and_wait(".", fourth, NULL, "install it", &error), -1);
    assert_string_equal(error.text, "no-such-program: not found; install it");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_gets_directory_and_environment),
        cmocka_unit_test(it_gets_the_descriptors_that_are_meant_for_it),
        cmocka_unit_test(it_may_have_a_group_and_signals_of_its_own),
        cmocka_unit_test(what_cannot_be_started_says_why),
        cmocka_unit_test(one_that_is_waited_for_is_judged),
    };
    return cmocka_run_group_tests_name("spawn", tests, NULL, NULL);
}

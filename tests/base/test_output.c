/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that appear whole or not at all. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/base/output.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"

static void whole(void **state)
{
    struct output output;
    struct error error;
    size_t count;
    (void)state;
    assert_int_equal(output_open(&output, ".", "a", &error), 0);
    fputs("text", output.stream);
    assert_int_equal(access("a", F_OK), -1);
    assert_int_equal(output_commit(&output, &error), 0);
    char *text = scratch_read("a", &count);
    assert_string_equal(text, "text");
    free(text);
    assert_int_equal(scratch_count("."), 1);
}

/* /dev/stdout, or a pipe with a name: it is written to, and nothing is put in its place. */
static void into_a_pipe_at_once(void **state)
{
    struct output output;
    struct error error;
    struct stat there;
    char text[8] = "";
    (void)state;
    assert_int_equal(mkfifo("pipe", 0666), 0);
    int reader = open("pipe", O_RDWR); /* so that nobody waits */
    assert_true(reader >= 0);
    assert_int_equal(output_open(&output, ".", "pipe", &error), 0);
    fputs("text", output.stream);
    assert_int_equal(output_commit(&output, &error), 0);
    assert_int_equal(read(reader, text, sizeof text - 1), 4);
    assert_string_equal(text, "text");
    assert_int_equal(output_open(&output, ".", "pipe", &error), 0);
    output_discard(&output);
    assert_int_equal(stat("pipe", &there), 0);
    assert_true(S_ISFIFO(there.st_mode));
    assert_int_equal(scratch_count("."), 1);
    close(reader);
}

static void no_directory_is_written(void **state)
{
    struct output output;
    struct error error;
    (void)state;
    assert_int_equal(mkdir("there", 0777), 0);
    assert_int_equal(output_open(&output, ".", "there", &error), -1);
    assert_string_equal(error.text, "./there: cannot be written: Is a directory");
    assert_int_equal(scratch_count("."), 1);
}

/* However late it shows: with the last bytes, or long before, when nobody looked. */
static void not_at_all(void **state)
{
    (void)state;
    for (int early = 0; early < 2; early++) {
        struct output output;
        struct error error = {""};
        assert_int_equal(output_open(&output, ".", "a", &error), 0);
        int full = open("/dev/full", O_WRONLY);
        if (full < 0)
            skip(); /* there is none on macOS */
        assert_true(dup2(full, fileno(output.stream)) >= 0);
        close(full);
        fputs("text", output.stream);
        if (early)
            fflush(output.stream);
        errno = 0;
        assert_int_equal(output_commit(&output, &error), -1);
        assert_non_null(strstr(error.text, "./a: cannot be written: "));
        assert_non_null(strstr(error.text, strerror(ENOSPC)));
        assert_int_equal(scratch_count("."), 0);
    }
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {TEST(whole), TEST(into_a_pipe_at_once),
                                       TEST(no_directory_is_written), TEST(not_at_all)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes into a pipe in pieces comes out whole, or it is said that it did not. */
#include "tests/support/cmocka_all.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/base/process/pipe.h"

enum { BYTES = 1000003 }; /* more than a pipe holds */

static unsigned char byte_at(size_t i)
{
    return (unsigned char)(i * 7 + i / 256);
}

static void more_than_a_pipe_holds(void **state)
{
    int ends[2], status;
    unsigned char *bytes = malloc(BYTES);
    (void)state;
    assert_non_null(bytes);
    assert_int_equal(pipe(ends), 0);
    for (size_t i = 0; i < BYTES; i++)
        bytes[i] = byte_at(i);
    pid_t child = fork();
    if (child == 0)
        _exit(pipe_write(ends[1], bytes, BYTES) != 0);
    close(ends[1]);
    memset(bytes, 0, BYTES);
    assert_int_equal(pipe_read(ends[0], bytes, BYTES), 1);
    for (size_t i = 0; i < BYTES; i++)
        if (bytes[i] != byte_at(i))
            fail_msg("byte %zu", i);
    assert_int_equal(pipe_read(ends[0], bytes, 1), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    close(ends[0]);
    free(bytes);
}

static void cut_short(void **state)
{
    int ends[2];
    char bytes[8];
    (void)state;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(pipe_write(ends[1], "abc", 3), 0);
    close(ends[1]);
    assert_int_equal(pipe_read(ends[0], bytes, sizeof bytes), -1);
    assert_int_equal(pipe_read(ends[0], bytes, sizeof bytes), 0);
    close(ends[0]);
}

static void failures(void **state)
{
    int ends[2];
    char byte = 0;
    (void)state;
    assert_int_equal(pipe(ends), 0);
    errno = 0;
    assert_int_equal(pipe_write(ends[0], &byte, 1), -1);
    assert_int_equal(errno, EBADF);
    errno = 0;
    assert_int_equal(pipe_read(ends[1], &byte, 1), -1);
    assert_int_equal(errno, EBADF);
    assert_int_equal(pipe_read(ends[0], &byte, 0), 1); /* of nothing, all is there */
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(more_than_a_pipe_holds),
        cmocka_unit_test(cut_short),
        cmocka_unit_test(failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

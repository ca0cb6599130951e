/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line of the progress bar; what is drawn where there is no terminal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "harness/base/progress.h"

static void assert_line(size_t done, const char *text, size_t columns, const char *expected)
{
    char line[200];
    struct progress progress = {.label = "make", .total = 25};
    progress_line(&progress, done, text, columns, line, sizeof line);
    assert_string_equal(line, expected);
}

static void test_line(void **state)
{
    (void)state;
    assert_line(0, NULL, 80, "make [------------------------------] 0/25 ");
    assert_line(10, "a.fits", 80, "make [############------------------] 10/25 a.fits");
    assert_line(25, NULL, 80, "make [##############################] 25/25 ");
    assert_line(10, "a.fits", 45, "make [#####--------] 10/25 a.fits");
    assert_line(10, "a-longer-file.fits", 40, "make [###-----] 10/25 a-longer-file.fits");
    assert_line(10, "a-longer-file.fits", 35, "make [###-----] 10/25 a-longer-file");
    assert_line(10, "a.fits", 6, "make [");
}

static void test_nothing_without_a_terminal(void **state)
{
    (void)state;
    FILE *file = tmpfile();
    assert_non_null(file);
    fflush(stderr);
    int kept = dup(STDERR_FILENO);
    assert_true(kept >= 0 && dup2(fileno(file), STDERR_FILENO) >= 0);
    struct progress progress = progress_start("make", 3);
    progress_set(&progress, 3, "text");
    progress_finish(&progress);
    fflush(stderr);
    off_t written = lseek(STDERR_FILENO, 0, SEEK_END);
    dup2(kept, STDERR_FILENO);
    close(kept);
    fclose(file);
    assert_int_equal(written, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_line),
        cmocka_unit_test(test_nothing_without_a_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making directories: what is missing is made, what is in the way is reported. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "harness/base/directory.h"

static int go_to_scratch(void **state)
{
    static char scratch[] = "/tmp/speedup-test-XXXXXX";
    *state = mkdtemp(scratch);
    return *state ? chdir(*state) : -1;
}

static int remove_scratch(void **state)
{
    const char *made[] = {"file",         "a/b/c", "a/b",          "a",   "d",
                          "k.1/runs.csv", "k.1",   "k.2/runs.csv", "k.2", "runs.csv"};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        remove(made[i]);
    return rmdir(*state);
}

static void assert_made(const char *path)
{
    struct error error = {""};
    struct stat status;
    if (directory_create(path, &error) != 0)
        fail_msg("%s", error.text);
    assert_int_equal(stat(path, &status), 0);
    assert_true(S_ISDIR(status.st_mode));
}

static void test_makes_what_is_missing(void **state)
{
    (void)state;
    assert_made("a/b/c");
    assert_made("a/b/c");
    assert_made("d//");
    assert_made(".");
}

static void test_reports_what_is_in_the_way(void **state)
{
    (void)state;
    struct error error = {""};
    FILE *file = fopen("file", "w");
    assert_non_null(file);
    fclose(file);
    assert_int_equal(directory_create("file", &error), -1);
    assert_string_equal(error.text, "file: cannot make this directory: Not a directory");
    assert_int_equal(directory_create("file/below", &error), -1);
    assert_non_null(strstr(error.text, "file/below: cannot make this directory: "));
}

static void test_temporary_files_are_where_the_user_wants_them(void **state)
{
    (void)state;
    char path[64], small[8];
    const char *before = getenv("TMPDIR");
    assert_made("a");
    setenv("TMPDIR", "a", 1);
    int file = directory_temporary_file("log", path, sizeof path);
    int other = directory_temporary_file("log", small, sizeof small);
    if (before)
        setenv("TMPDIR", before, 1);
    else
        unsetenv("TMPDIR");
    assert_true(file >= 0);
    close(file);
    assert_int_equal(strncmp(path, "a/log-", 6), 0);
    assert_int_equal(remove(path), 0);
    assert_int_equal(other, -1); /* there was no room for its path */
}

static void put_file(const char *path)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
}

static void test_keeps_what_is_there(void **state)
{
    (void)state;
    struct error error = {""};
    char kept[PATH_MAX];
    assert_int_equal(directory_set_aside("k", "runs.csv", kept, &error), 0); /* no such */
    assert_string_equal(kept, "");
    assert_made("k");
    assert_int_equal(directory_set_aside("k", "runs.csv", kept, &error), 0); /* nothing in it */
    assert_string_equal(kept, "");
    put_file("k/runs.csv");
    assert_int_equal(directory_set_aside("k/", "runs.csv", kept, &error), 0);
    assert_string_equal(kept, "k.1");
    assert_int_equal(access("k.1/runs.csv", F_OK), 0);
    assert_int_equal(access("k", F_OK), -1);
    assert_made("k");
    put_file("k/runs.csv");
    assert_int_equal(directory_set_aside("k", "runs.csv", kept, &error), 0);
    assert_string_equal(kept, "k.2"); /* the first one is not touched */
    put_file("runs.csv");
    assert_int_equal(directory_set_aside(".", "runs.csv", kept, &error), -1);
    assert_non_null(strstr(error.text, ".: holds results already, and cannot be given another"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_makes_what_is_missing),
        cmocka_unit_test(test_keeps_what_is_there),
        cmocka_unit_test(test_reports_what_is_in_the_way),
        cmocka_unit_test(test_temporary_files_are_where_the_user_wants_them),
    };
    return cmocka_run_group_tests(tests, go_to_scratch, remove_scratch);
}

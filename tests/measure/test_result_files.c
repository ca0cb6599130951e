/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever happens in between, the user's directory holds what it held before, or what one plain run
 * of the command leaves. The "command" is write_all(). */
#include "tests/support/cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/measure/command/move_file.h"
#include "harness/measure/command/result_files.h"

enum { TASKS = 3 };

static char top[] = "/tmp/speedup-test-XXXXXX", user[64], ours[64];

static void path_of(int task, char path[128])
{
    snprintf(path, 128, "%s/%d.out", user, task);
}

static char **paths(void)
{
    char **all = calloc(TASKS, sizeof *all), path[128];
    assert_non_null(all);
    for (int i = 0; i < TASKS; i++) {
        path_of(i, path);
        all[i] = strdup(path);
        assert_non_null(all[i]);
    }
    return all;
}

static void put(int task, const char *text)
{
    char path[128];
    path_of(task, path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void write_all(const char *text)
{
    for (int i = 0; i < TASKS; i++)
        put(i, text);
}

/* The text of the result, or "" where there is none. */
static const char *get(int task)
{
    static char text[64];
    char path[128];
    path_of(task, path);
    FILE *file = fopen(path, "r");
    memset(text, 0, sizeof text);
    if (file) {
        assert_true(fread(text, 1, sizeof text - 1, file) < sizeof text);
        fclose(file);
    }
    return text;
}

static void assert_all(const char *text)
{
    for (int i = 0; i < TASKS; i++)
        assert_string_equal(get(i), text);
}

/* Nothing of ours is left: the directory can be removed. Then all begins anew. */
static int clean(void **state)
{
    char path[128];
    (void)state;
    for (int i = 0; i < TASKS; i++) {
        path_of(i, path);
        unlink(path);
    }
    if (rmdir(user) != 0 || rmdir(ours) != 0)
        return -1;
    return mkdir(user, 0777) != 0 || mkdir(ours, 0777) != 0 ? -1 : 0;
}

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(top))
        return -1;
    snprintf(user, sizeof user, "%s/user", top);
    snprintf(ours, sizeof ours, "%s/ours", top);
    return mkdir(user, 0777) != 0 || mkdir(ours, 0777) != 0 ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    return rmdir(user) != 0 || rmdir(ours) != 0 || rmdir(top) != 0 ? -1 : 0;
}

static void begin(struct result_files *files, bool overwrite)
{
    struct error error = {""};
    int failed = result_files_create(files, paths(), TASKS, overwrite, ours, &error);
    assert_string_equal(error.text, "");
    assert_int_equal(failed, 0);
}

static void finish(struct result_files *files)
{
    struct error error = {""};
    int failed = result_files_finish(files, &error);
    assert_string_equal(error.text, "");
    assert_int_equal(failed, 0);
}

static void test_the_files_of_the_serial_run_stay(void **state)
{
    struct result_files files;
    struct error error;
    (void)state;
    begin(&files, false);
    write_all("serial");
    assert_int_equal(result_files_keep_reference(&files, &error), 0);
    assert_all("");
    write_all("serial");
    assert_int_equal(result_files_check(&files, result_files_same_bytes, NULL, &error), 0);
    assert_int_equal(result_files_clear(&files, &error), 0);
    assert_all("");
    write_all("another");
    finish(&files);
    assert_all("serial");
}

static void test_a_difference_is_named(void **state)
{
    struct result_files files;
    struct error error;
    char expected[256];
    (void)state;
    begin(&files, false);
    write_all("serial");
    assert_int_equal(result_files_keep_reference(&files, &error), 0);
    write_all("serial");
    put(1, "serIal");
    assert_int_equal(result_files_check(&files, result_files_same_bytes, NULL, &error), -1);
    snprintf(expected, sizeof expected, "task 1: %s/1.out: differs from the serial run's in byte 3",
             user);
    assert_string_equal(error.text, expected);
    put(1, "serial, and more");
    assert_int_equal(result_files_check(&files, result_files_same_bytes, NULL, &error), -1);
    snprintf(expected, sizeof expected, "task 1: %s/1.out: differs from the serial run's in byte 6",
             user);
    assert_string_equal(error.text, expected);
    assert_int_equal(result_files_clear(&files, &error), 0);
    put(0, "serial");
    assert_int_equal(result_files_check(&files, result_files_same_bytes, NULL, &error), -1);
    snprintf(expected, sizeof expected, "task 1: %s/1.out was not written", user);
    assert_string_equal(error.text, expected);
    finish(&files);
}

static void test_interrupted_before_the_reference(void **state)
{
    struct result_files files;
    (void)state;
    put(0, "precious");
    begin(&files, true);
    assert_all("");
    write_all("half");
    finish(&files);
    assert_string_equal(get(0), "precious");
    assert_string_equal(get(1), "");
}

/* Only the memory. */
static void finish_after_kill(struct result_files *files)
{
    *files->directory = '\0';
    files->taken_over = 0;
    finish(files);
}

/* A benchmark that was killed: nobody has called result_files_finish(). */
static void test_recovered_after_a_kill(void **state)
{
    struct result_files files;
    struct error error;
    (void)state;
    put(1, "mine");
    begin(&files, true);
    write_all("reference");
    assert_int_equal(result_files_keep_reference(&files, &error), 0);
    write_all("of the command");
    assert_int_equal(result_files_recover(files.paths, TASKS, ours, &error), 0);
    assert_string_equal(get(0), "");
    assert_string_equal(get(1), "mine");
    assert_string_equal(get(2), "");
    assert_int_not_equal(access(files.directory, F_OK), 0);
    finish_after_kill(&files);

    /* Killed before all of the user's files were put aside: those that were not are left alone. */
    char mark[PATH_MAX + 8];
    put(0, "mine, too");
    begin(&files, true);
    snprintf(mark, sizeof mark, "%s/taken", files.directory);
    assert_int_equal(unlink(mark), 0);
    put(2, "not put aside");
    assert_int_equal(result_files_recover(files.paths, TASKS, ours, &error), 0);
    assert_string_equal(get(0), "mine, too");
    assert_string_equal(get(1), "mine");
    assert_string_equal(get(2), "not put aside");
    finish_after_kill(&files);
}

static void test_overwriting_only_where_allowed(void **state)
{
    struct result_files files;
    struct error error;
    char expected[256];
    (void)state;
    put(2, "precious");
    assert_int_equal(result_files_create(&files, paths(), TASKS, false, ours, &error), -1);
    snprintf(expected, sizeof expected,
             "%s/2.out: is there already; move it away, or allow --overwrite", user);
    assert_string_equal(error.text, expected);
    finish(&files);
    assert_string_equal(get(2), "precious");

    begin(&files, true);
    write_all("new");
    assert_int_equal(result_files_keep_reference(&files, &error), 0);
    finish(&files);
    assert_all("new");
}

/* A place of ours that cannot be made: what lies there is not touched. */
static void test_failing_at_the_start_touches_nothing(void **state)
{
    struct result_files files;
    struct error error;
    (void)state;
    write_all("precious");
    assert_int_equal(result_files_create(&files, paths(), TASKS, true, "/no/such", &error), -1);
    assert_string_equal(error.text,
                        "/no/such: cannot make a directory in it: No such file or directory");
    finish(&files);
    assert_all("precious");
}

static void test_a_task_that_wrote_nothing(void **state)
{
    struct result_files files;
    struct error error;
    char expected[256];
    (void)state;
    begin(&files, false);
    put(0, "serial");
    put(1, "serial");
    assert_int_equal(result_files_keep_reference(&files, &error), -1);
    snprintf(expected, sizeof expected, "task 2: %s/2.out was not written", user);
    assert_string_equal(error.text, expected);
    finish(&files);
    assert_all("");
}

static void test_two_tasks_with_one_file(void **state)
{
    struct result_files files;
    struct error error;
    char **same = paths(), expected[256];
    (void)state;
    free(same[2]);
    same[2] = strdup(same[0]);
    assert_int_equal(result_files_create(&files, same, TASKS, true, ours, &error), -1);
    snprintf(expected, sizeof expected,
             "%s/0.out: several tasks would write this file; name the task in --result, by {/.} or "
             "{#}",
             user);
    assert_string_equal(error.text, expected);
    finish(&files);
}

/* Our directory may be on another file system; what a new file would get there is another mode. */
static void test_a_file_keeps_its_mode(void **state)
{
    char elsewhere[] = "/dev/shm/speedup-test-XXXXXX", from[128], to[128];
    struct stat here, there;
    struct error error;
    (void)state;
    bool made = mkdtemp(elsewhere) != NULL;
    bool apart = made && stat(user, &here) == 0 && stat(elsewhere, &there) == 0 &&
                 here.st_dev != there.st_dev;
    path_of(0, from);
    snprintf(to, sizeof to, "%s/0.out", elsewhere);
    if (apart) {
        put(0, "bytes");
        assert_int_equal(chmod(from, 0664), 0);
        mode_t before = umask(077);
        int failed = move_file(from, to, &error);
        umask(before);
        assert_int_equal(failed, 0);
        assert_int_not_equal(access(from, F_OK), 0);
        assert_int_equal(stat(to, &there), 0);
        assert_int_equal(there.st_mode & 07777, 0664);
        assert_int_equal(there.st_size, 5);
        assert_int_equal(unlink(to), 0);
    }
    if (made)
        rmdir(elsewhere);
    if (!apart)
        skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_the_files_of_the_serial_run_stay, clean),
        cmocka_unit_test_teardown(test_a_difference_is_named, clean),
        cmocka_unit_test_teardown(test_interrupted_before_the_reference, clean),
        cmocka_unit_test_teardown(test_recovered_after_a_kill, clean),
        cmocka_unit_test_teardown(test_overwriting_only_where_allowed, clean),
        cmocka_unit_test_teardown(test_failing_at_the_start_touches_nothing, clean),
        cmocka_unit_test_teardown(test_a_task_that_wrote_nothing, clean),
        cmocka_unit_test_teardown(test_two_tasks_with_one_file, clean),
        cmocka_unit_test_teardown(test_a_file_keeps_its_mode, clean),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

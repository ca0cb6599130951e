/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of two benchmarks in one directory are not a result, whoever reads it. */
#include <stdio.h>
#include <string.h>

#include "harness/base/output.h"
#include "harness/results/identity.h"
#include "harness/results/results.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"

static void two_benchmarks_have_two_names(void **state)
{
    char one[BENCHMARK_LENGTH], other[BENCHMARK_LENGTH];
    (void)state;
    identity_make(one);
    identity_make(other);
    assert_int_equal(strlen(one), 10);
    assert_int_equal(strspn(one, "0123456789abcdef"), 10);
    assert_string_not_equal(one, other);
}

static void put(const char *name, const char *text)
{
    scratch_write(name, text, strlen(text));
}

/* All that tell, of benchmark "aa". */
static void put_all(void)
{
    put("summary.csv", "schema,benchmark\n1,aa\n1,aa\n");
    put("runs.csv", "benchmark,schema\r\naa,1\r\n");
    put("trace.csv", "strategy,benchmark\npool,aa\n");
    put("losses.csv", "strategy,benchmark\n");
    put("resources.csv", "strategy,benchmark\npool,aa\n");
    put("speedup.json", "{\"machine\": {\"benchmark\": \"aa\"}}");
    put("machine.txt", "host             here\nbenchmark        aa\ncommand          speedup\n");
}

static void files_of_one_benchmark_go_together(void **state)
{
    struct error error = {""};
    (void)state;
    put_all();
    assert_int_equal(identity_check(".", &error), 0);
    assert_string_equal(error.text, "");
    assert_int_equal(identity_check("nosuch", &error), 0); /* others say what is missing */
}

static void each_file_of_another_is_named(void **state)
{
    static const struct {
        const char *name, *text, *says;
    } cases[] = {
        {"runs.csv", "schema,benchmark\n1,bb\n", "bb"},
        {"trace.csv", "benchmark\nbb\n", "bb"},
        {"losses.csv", "strategy,benchmark\npool,a\n", "a"},
        {"resources.csv", "strategy\npool\n", "none (an earlier version wrote it)"},
        {"speedup.json", "{\"machine\": {\"benchmark\": \"aaa\"}}", "aaa"},
        {"machine.txt", "benchmark        \x1b[1maa\n", "?[1maa"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char expected[300];
        struct error error = {""};
        put_all();
        put(cases[i].name, cases[i].text);
        assert_int_equal(identity_check(".", &error), -1);
        snprintf(expected, sizeof expected,
                 "./%s: its benchmark is %s, but that of ./summary.csv is aa: files of two results "
                 "do not belong in one directory",
                 cases[i].name, cases[i].says);
        assert_string_equal(error.text, expected);
    }
}

/* Before there were names, no file has one. */
static void an_earlier_version_has_none_in_any(void **state)
{
    struct error error = {""};
    (void)state;
    put("summary.csv", "schema\n1\n");
    put("runs.csv", "schema\n1\n");
    put("machine.txt", "host             here\n");
    assert_int_equal(identity_check(".", &error), 0);
    put("trace.csv", "strategy,benchmark\npool,aa\n");
    assert_int_equal(identity_check(".", &error), -1);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        TEST(two_benchmarks_have_two_names),
        TEST(files_of_one_benchmark_go_together),
        TEST(each_file_of_another_is_named),
        TEST(an_earlier_version_has_none_in_any),
    };
    return cmocka_run_group_tests_name("identity", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Placeholders against what GNU parallel 20221122 prints for the same files. */
#include "tests/support/cmocka_all.h"

#include <stdlib.h>
#include <string.h>

#include "harness/measure/command/placeholders.h"

static void assert_text(const char *text, const char *file, const char *expected)
{
    struct placeholder_values values = {.file = file, .task = 6, .worker = 1, .workers = 4};
    char *result = placeholders_replace_text(text, &values);
    assert_non_null(result);
    assert_string_equal(result, expected);
    free(result);
}

/* parallel -q printf '%s|%s|%s|%s|%s\n' {} {/} {.} {/.} {//} ::: FILE */
static void test_as_gnu_parallel_has_them(void **state)
{
    const char *all = "{}|{/}|{.}|{/.}|{//}";
    (void)state;
    assert_text(all, "a.b/c", "a.b/c|c|a.b/c|c|a.b");
    assert_text(all, ".hidden", ".hidden|.hidden|||.");
    assert_text(all, "x.fits", "x.fits|x.fits|x|x|.");
    assert_text(all, "d.e/f.tar.gz", "d.e/f.tar.gz|f.tar.gz|d.e/f.tar|f.tar|d.e");
    assert_text(all, "./-q", "./-q|-q|./-q|-q|.");
    assert_text(all, "noext", "noext|noext|noext|noext|.");
    assert_text(all, "/root", "/root|root|/root|root|/");
    assert_text(all, "a.", "a.|a.|a|a|.");
}

static void test_numbers_count_from_one(void **state)
{
    (void)state;
    assert_text("task {#} of worker {%} of {workers}", "x", "task 7 of worker 2 of 4");
    assert_text("{#}{#}", "x", "77");
}

static void test_what_is_no_placeholder_stays(void **state)
{
    (void)state;
    assert_text("", "x", "");
    assert_text("{ } {a} {b} {x} {{}} }{", "f", "{ } {a} {b} {x} {f} }{");
    assert_text("{", "x", "{");
}

/* What was put in is not looked at again. */
static void test_hostile_names_are_only_names(void **state)
{
    const char *names[] = {"{}",   "{/}", "a b",   "a'b\"c", "$(touch x)",
                           "a\nb", "-rf", "`x`;y", "\xff"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_text("{}", names[i], names[i]);
}

static void assert_arguments(char *const *arguments, const char *file, const char *const *expected)
{
    struct placeholder_values values = {.file = file, .workers = 3};
    char **result = placeholders_replace(arguments, &values);
    size_t i = 0;
    assert_non_null(result);
    for (; expected[i]; i++) {
        assert_non_null(result[i]);
        assert_string_equal(result[i], expected[i]);
    }
    assert_null(result[i]);
    free(result);
}

#define LIST(...) ((char *[]){__VA_ARGS__, NULL})
#define EXPECTED(...) ((const char *[]){__VA_ARGS__, NULL})

static void test_the_file_goes_last_where_nothing_names_it(void **state)
{
    (void)state;
    assert_arguments(LIST("run", "-v"), "a b", EXPECTED("run", "-v", "a b"));
    assert_arguments(LIST("run", "{workers}"), "a", EXPECTED("run", "3", "a"));
    assert_arguments(LIST("run", "in={}", "x"), "a", EXPECTED("run", "in=a", "x"));
    assert_arguments(LIST("run", "{#}"), "a", EXPECTED("run", "1"));
    assert_arguments(LIST("run"), "", EXPECTED("run"));
}

static void test_the_two_sides_of_a_comparison(void **state)
{
    struct placeholder_values values = {.file = "", .left = "old one", .right = "{a}"};
    (void)state;
    char **result = placeholders_replace(LIST("cmp", "{a}", "-{b}"), &values);
    assert_non_null(result);
    assert_string_equal(result[1], "old one");
    assert_string_equal(result[2], "-{a}");
    assert_null(result[3]);
    free(result);
}

static void test_what_a_text_names(void **state)
{
    (void)state;
    assert_true(placeholders_name_workers(LIST("a", "--threads={workers}")));
    assert_false(placeholders_name_workers(LIST("a", "{}")));
    assert_true(placeholders_name_task("out/{/.}.fits"));
    assert_true(placeholders_name_task("{#}"));
    assert_false(placeholders_name_task("{%}{workers}"));
    assert_false(placeholders_name_task("out.fits"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_gnu_parallel_has_them),
        cmocka_unit_test(test_numbers_count_from_one),
        cmocka_unit_test(test_what_is_no_placeholder_stays),
        cmocka_unit_test(test_hostile_names_are_only_names),
        cmocka_unit_test(test_the_file_goes_last_where_nothing_names_it),
        cmocka_unit_test(test_the_two_sides_of_a_comparison),
        cmocka_unit_test(test_what_a_text_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

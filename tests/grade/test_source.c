/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is read in the text of a file that is graded. */
#include "harness/grade/build/subject.h"
#include "harness/grade/plan.h"
#include "tests/support/cmocka_all.h"

static int line_of(const char *text, const char *first, const char *second)
{
    struct subject subject = {.text = (char *)(size_t)text};
    const char *const words[] = {first, second, NULL};
    return subject_line(&subject, 1, words);
}

static void a_line_ends_where_no_backslash_joins_the_next(void **unused)
{
    (void)unused;
    assert_int_equal(
        line_of("int i;\n#pragma omp task \\\n    depend(inout : i)\ni++;\n", "omp", "depend"), 2);
    assert_int_equal(
        line_of("#pragma omp task \\\r\n    depend(inout : i)\r\ni++;\r\n", "omp", "depend"), 1);
    assert_int_equal(line_of("a \\\nb\nc\n", "c", NULL), 3);
    assert_int_equal(line_of("#pragma omp task\nfor (;;) depend();\n", "omp", "depend"), 0);
    assert_int_equal(line_of("omp depend \\", "omp", "depend"), 1);
    assert_int_equal(line_of("", "omp", "depend"), 0);
}

static void comments_are_not_read(void **unused)
{
    (void)unused;
    assert_int_equal(line_of("/* exit() */\n  * exit()\n// exit()\n  exit(1);\n", "exit(", NULL),
                     4);
}

static const char *why_no_races(const char *text, bool hooked)
{
    struct subject subject = {.text = (char *)(size_t)text};
    return plan_why_no_races(&subject, hooked);
}

/* Where the sanitizer would see races that are none, it is not asked. */
static void races_are_not_looked_for_where_they_cannot_be_told(void **unused)
{
    (void)unused;
    assert_null(why_no_races("#include <pthread.h>\n#pragma omp parallel for\n", true));
    assert_null(why_no_races("#include <threads.h>\n", true));
    assert_non_null(why_no_races("#include <threads.h>\n", false));
    assert_non_null(why_no_races("    atomic_thread_fence(memory_order_release);\n", true));
#ifndef __clang__
    assert_non_null(why_no_races("#pragma omp task \\\n    depend(in : x)\n", true));
    assert_non_null(why_no_races("#  pragma  omp taskloop\n", true));
    assert_non_null(why_no_races("_Pragma(\"omp taskloop\")\n", true));
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_ends_where_no_backslash_joins_the_next),
        cmocka_unit_test(comments_are_not_read),
        cmocka_unit_test(races_are_not_looked_for_where_they_cannot_be_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

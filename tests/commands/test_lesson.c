/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the terminal shows of the lesson, quiet machine or not. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"

#define SMALL "--size", "40x40", "--images", "4", "--rounds", "2", "--out", "r"
enum { LINES_AT_MOST = 35, COLUMNS_AT_MOST = 79 };

/* How many lines; none of them wraps. */
static int count_lines(const char *text, bool wide)
{
    int lines = 0;
    for (const char *at = text, *end; *at; at = end + (*end == '\n')) {
        end = at + strcspn(at, "\n");
        if (!wide && end - at > COLUMNS_AT_MOST)
            fail_msg("%.*s", (int)(end - at), at);
        lines++;
    }
    return lines;
}

/* Two rounds are too few to be fit to post. A warning is a line where it goes to a file, and up to three
 * on a terminal. */
static void the_lesson_fits_on_a_screen(void **unused)
{
    (void)unused;
    struct outcome outcome = run_speedup("bench", "--section", "all", SMALL);
    assert_int_equal(outcome.code, 0);
    int lines = count_lines(outcome.out, false) + count_lines(outcome.err, true);
    if (lines > LINES_AT_MOST)
        fail_msg("%d lines:\n%s%s", lines, outcome.err, outcome.out);
    int titles = 0;
    for (const char *at = outcome.out; (at = strstr(at, "== ")); at += 3)
        titles++;
    assert_int_equal(titles, 5);
    const char *end = strstr(outcome.out, "\nNothing to post.\nVerdict: disturbed: ");
    assert_non_null(end);
    assert_non_null(strstr(end, "\nAll of it: r/report.html\n"));
    outcome_free(&outcome);
}

/* Of one section alone it is said as well what the columns are, and whether it may be posted. */
static void a_section_alone_ends_like_the_lesson(void **unused)
{
    (void)unused;
    struct outcome outcome = run_speedup("bench", "--section", "threads", SMALL);
    assert_int_equal(outcome.code, 0);
    assert_non_null(strstr(outcome.out, " ==\nstrategy (on a line: alike)     workers "));
    assert_non_null(strstr(outcome.out, "\nNothing to post.\nVerdict: disturbed: "));
    assert_non_null(strstr(outcome.out, "\nAll of it: r/threads/report.html\n"));
    assert_true(count_lines(outcome.out, false) < LINES_AT_MOST);
    outcome_free(&outcome);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        TEST(the_lesson_fits_on_a_screen),
        TEST(a_section_alone_ends_like_the_lesson),
    };
    return cmocka_run_group_tests_name("lesson", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the progress line says of the time that is left. */
#include <math.h>
#include <string.h>

#include "harness/measure/outlook.h"
#include "tests/support/cmocka_all.h"

static void assert_says(struct outlook outlook, const char *expected)
{
    char text[100];
    outlook_text(&outlook, text, sizeof text);
    assert_string_equal(text, expected);
}

/* Two rounds took 20 s. In 92 s there is time for 9 of these, one of them watched: 8 rounds, of which
 * 6 are to come, and the watched one: 70 s, and 30 for later sections. */
static void the_budget_says_how_many(void **unused)
{
    (void)unused;
    struct outlook outlook = {"section 2 of 5", 2, 25, 20, 92, 30};
    assert_int_equal(outlook_rounds(&outlook), 8);
    assert_says(outlook, "section 2 of 5, round 3 of 8, 1:40 left");
    outlook.rounds_at_most = 4;
    assert_says(outlook, "section 2 of 5, round 3 of 4, 1:00 left");
    outlook.budget_s = (double)INFINITY;
    outlook.where = NULL;
    outlook.later_s = 0;
    assert_says(outlook, "round 3 of 4, 0:30 left");
}

static void before_the_first_round_only_the_budget_is_known(void **unused)
{
    (void)unused;
    assert_says((struct outlook){NULL, 0, 25, 0, 60, 0}, "round 1, 1:00 left");
    assert_says((struct outlook){"section 1 of 5", 0, 6, 0, (double)INFINITY, 0},
                "section 1 of 5, round 1");
}

/* The round that has begun is there, even where the one before it was quicker than it. */
static void there_is_no_round_3_of_2(void **unused)
{
    (void)unused;
    struct outlook outlook = {NULL, 2, 25, 30, 45, 0};
    assert_says(outlook, "round 3 of 3, 0:30 left");
}

/* 12 of 25 tasks in 20 s: 41.7 s in all. */
static void a_long_run_says_how_far_it_is(void **unused)
{
    (void)unused;
    char text[80] = "";
    assert_true(outlook_run_text("pool", 2, 12, 25, 20, text, sizeof text));
    assert_string_equal(text, "pool on 2: 12 of 25 tasks, 0:22 left");
    assert_true(outlook_run_text("serial", 1, 0, 25, 11, text, sizeof text));
    assert_string_equal(text, "serial on 1: 0 of 25 tasks");
    assert_false(outlook_run_text("pool", 2, 12, 25, 4, text, sizeof text)); /* 8.3 s in all */
    assert_false(outlook_run_text("pool", 2, 0, 25, 9, text, sizeof text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_budget_says_how_many),
        cmocka_unit_test(before_the_first_round_only_the_budget_is_known),
        cmocka_unit_test(there_is_no_round_3_of_2),
        cmocka_unit_test(a_long_run_says_how_far_it_is),
    };
    return cmocka_run_group_tests_name("outlook", tests, NULL, NULL);
}

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

/* All that are done were good, and there are never more than planned. */
static struct outlook good_ones(const char *where, int done, int planned, double elapsed_s,
                                double budget_s)
{
    return (struct outlook){.where = where,
                            .rounds_done = done,
                            .rounds_at_most = planned,
                            .elapsed_s = elapsed_s,
                            .budget_s = budget_s,
                            .rounds_good = done,
                            .rounds_possible = planned};
}

/* Two rounds took 20 s. In 92 s there is time for 9 of these, one of them watched: 8 rounds, of which
 * 6 are to come, and the watched one: 70 s, and 30 for later sections. */
static void the_budget_says_how_many(void **unused)
{
    (void)unused;
    struct outlook outlook = good_ones("section 2 of 5", 2, 25, 20, 92);
    outlook.later_s = 30;
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
    assert_says(good_ones(NULL, 0, 25, 0, 60), "round 1, 1:00 left");
    assert_says(good_ones("section 1 of 5", 0, 6, 0, (double)INFINITY), "section 1 of 5, round 1");
}

/* The round that has begun is there, even where the one before it was quicker than it. */
static void there_is_no_round_3_of_2(void **unused)
{
    (void)unused;
    struct outlook outlook = good_ones(NULL, 2, 25, 30, 45);
    assert_says(outlook, "round 3 of 3, 0:30 left");
}

/* 8 rounds of 10 s were planned for 95 s, and 4 of them were good. There may be 25, within 142.5 s: 12, and
 * the one that is watched. */
static void too_few_good_rounds_make_more(void **unused)
{
    (void)unused;
    struct outlook outlook = good_ones("section 1 of 5", 8, 8, 80, 95);
    assert_false(outlook_goes_on(&outlook));
    outlook.rounds_possible = 25;
    outlook.rounds_good = 6;
    assert_false(outlook_goes_on(&outlook));
    outlook.rounds_good = 4;
    assert_true(outlook_goes_on(&outlook));
    assert_int_equal(outlook_rounds(&outlook), 10); /* 2 good ones are missing */
    assert_says(outlook, "section 1 of 5, round 9: only 4 of 8 were good, 0:30 left");
    outlook.rounds_good = 1;
    assert_int_equal(outlook_rounds(&outlook), 13); /* 5 are missing */
    assert_says(outlook, "section 1 of 5, round 9: only 1 of 8 was good, 1:00 left");
    outlook.rounds_at_most = 10;
    outlook.budget_s = 25;
    outlook.rounds_done = 1; /* it is not for this one that there will be more */
    outlook.rounds_good = 0;
    outlook.elapsed_s = 15;
    assert_says(outlook, "section 1 of 5, round 2 of 2, 0:30 left");
    outlook = good_ones("section 1 of 5", 8, 8, 80, 85);
    outlook.rounds_possible = 25;
    outlook.rounds_good = 1;
    assert_int_equal(outlook_rounds(&outlook), 11); /* and there is time for 3 */
    outlook.rounds_done = 12;
    outlook.elapsed_s = 120;
    outlook.budget_s = 93.4;
    assert_true(outlook_goes_on(&outlook)); /* 140 of 140.1 s */
    outlook.budget_s = 93;
    assert_false(outlook_goes_on(&outlook));
    outlook.budget_s = 1000;
    outlook.rounds_done = 25;
    assert_false(outlook_goes_on(&outlook));
}

/* Before there are six, half as long again; then no more than the budget. Lost rounds take time, too. */
static void the_budget_is_kept(void **unused)
{
    (void)unused;
    struct outlook outlook = good_ones(NULL, 5, 8, 50, 50);
    assert_true(outlook_goes_on(&outlook)); /* 70 of 75 s */
    outlook.rounds_done = outlook.rounds_good = 6;
    outlook.elapsed_s = 60;
    outlook.budget_s = 79;
    assert_false(outlook_goes_on(&outlook)); /* 80 of 79 s */
    outlook.budget_s = 80;
    assert_true(outlook_goes_on(&outlook));
    outlook.rounds_good = 5;
    outlook.budget_s = 54;
    assert_true(outlook_goes_on(&outlook));
    outlook = good_ones(NULL, 0, 8, 0, 0);
    assert_true(outlook_goes_on(&outlook));
    outlook.rounds_lost = 1;
    outlook.elapsed_s = 10;
    assert_false(outlook_goes_on(&outlook));
}

/* Rounds of 10 s: in one and a half times 95 s there is time for 13, besides the one that is watched. */
static void a_disturbed_round_is_repeated_while_there_is_time(void **unused)
{
    (void)unused;
    struct outlook outlook = good_ones(NULL, 1, 8, 10, 95);
    assert_true(outlook_can_repeat(&outlook));
    outlook.rounds_lost = 2;
    outlook.elapsed_s = 30;
    assert_false(outlook_can_repeat(&outlook)); /* nothing was quiet so far */
    outlook = good_ones(NULL, 3, 8, 60, 95);
    outlook.rounds_lost = 3;
    outlook.rounds_quiet = 2;
    assert_true(outlook_can_repeat(&outlook));
    outlook.rounds_quiet = 1;
    assert_false(outlook_can_repeat(&outlook)); /* one counts already that was not */
    outlook = good_ones(NULL, 4, 8, 80, 195);
    outlook.rounds_lost = 4;
    outlook.rounds_quiet = 3;
    assert_false(outlook_can_repeat(&outlook)); /* it would be the fifth of eight */
    outlook = good_ones(NULL, 1, 8, 10, 54);
    assert_true(outlook_can_repeat(&outlook)); /* of 7 there would be 6 left */
    outlook.budget_s = 53;
    assert_false(outlook_can_repeat(&outlook));
    outlook.budget_s = 0;
    assert_false(outlook_can_repeat(&outlook));
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
        cmocka_unit_test(too_few_good_rounds_make_more),
        cmocka_unit_test(the_budget_is_kept),
        cmocka_unit_test(a_disturbed_round_is_repeated_while_there_is_time),
        cmocka_unit_test(a_long_run_says_how_far_it_is),
    };
    return cmocka_run_group_tests_name("outlook", tests, NULL, NULL);
}

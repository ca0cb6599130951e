/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of losses, and what is not because it may be an accident. */
#include <math.h>

#include "harness/measure/judge/losses.h"
#include "tests/support/cmocka_all.h"

static const struct losses some = {.speedup = 7.3,
                                   .gap = 0.7,
                                   .counting = 0.3,
                                   .start_stop = 0.1,
                                   .slower_tasks = 0.35,
                                   .waiting = 0.02,
                                   .taken_away = -0.05,
                                   .rest = -0.02};

static void the_sentence_names_what_is_worth_saying(void **unused)
{
    (void)unused;
    char text[LOSSES_TEXT];
    struct losses error = {.waiting = 0.02, .taken_away = 0.001, .rest = 0.001};
    losses_text(&some, &error, 8, 25, 8, text);
    assert_string_equal(
        text, "7.30 times as fast on 8 workers. Of the 0.70 missing to linear, 0.35 is tasks that "
              "were slower than in the serial run, 0.30 is counting (25 tasks on 8 workers), 0.10 "
              "is starting and stopping workers, less 0.05 for time in which a worker had no CPU, "
              "0.02 is counted twice.");
    const struct losses little = {.speedup = 1.97, .gap = 0.03, .uneven = 0.03};
    error = (struct losses){.gap = 0.02};
    losses_text(&little, &error, 8, 24, 2, text);
    assert_string_equal(text,
                        "1.97 times as fast on 2 workers. What is missing to linear is within "
                        "the noise.");
}

/* Student's t of 7 degrees of freedom is 3.86 at a chance of 5 % / 8 parts, of 24 degrees 3.00. */
static void what_may_be_an_accident_is_not_said(void **unused)
{
    (void)unused;
    char text[LOSSES_TEXT];
    const struct losses start = {.speedup = 1.8, .gap = 0.2, .start_stop = 0.2};
    struct losses error = {.start_stop = 0.2 / 3.8, .gap = 0.01};
    assert_int_equal(losses_largest(&start, &error, 25, 2, NULL), 3);
    assert_int_equal(losses_largest(&start, &error, 8, 2, NULL), -1);
    losses_text(&start, &error, 8, 24, 2, text);
    assert_string_equal(text,
                        "1.80 times as fast on 2 workers. No single cause of the 0.20 missing "
                        "to linear stands out of the noise.");
    error.start_stop = 0.2 / 3.95;
    assert_int_equal(losses_largest(&start, &error, 8, 2, NULL), 3);
    error.start_stop = (double)NAN; /* of one round */
    assert_int_equal(losses_largest(&start, &error, 1, 2, NULL), 3);
}

static void the_largest_comes_first_and_what_is_not_explained_last(void **unused)
{
    (void)unused;
    const struct losses none = {.speedup = 0}, unexplained = {.gap = 3, .rest = 2, .waiting = 1};
    bool said[LOSSES_PARTS] = {false};
    assert_int_equal(losses_largest(&some, &none, 8, 8, said), 6);
    said[6] = true;
    assert_int_equal(losses_largest(&some, &none, 8, 8, said), 0);
    assert_int_equal(losses_largest(&unexplained, &none, 8, 8, NULL), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sentence_names_what_is_worth_saying),
        cmocka_unit_test(what_may_be_an_accident_is_not_said),
        cmocka_unit_test(the_largest_comes_first_and_what_is_not_explained_last),
    };
    return cmocka_run_group_tests_name("losses text", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which numbers of workers are looked at around the best of the first few. */
#include "harness/commands/bench/own_narrow.h"

#include "tests/support/cmocka_all.h" /* last: its fail() is a macro */

static const int first[] = {1, 2, 4, 8, 16};

static void assert_narrowed(int best, int count, const int *expected)
{
    int narrowed[5];
    assert_int_equal(own_narrow_numbers(first, 5, best, narrowed), count);
    for (int i = 0; i < count; i++)
        assert_int_equal(narrowed[i], expected[i]);
}

static void test_around_the_best(void **state)
{
    (void)state;
    assert_narrowed(8, 5, (const int[]){4, 6, 8, 12, 16});
    assert_narrowed(4, 5, (const int[]){2, 3, 4, 6, 8});
    assert_narrowed(2, 4, (const int[]){1, 2, 3, 4});
}

static void test_at_the_ends(void **state)
{
    (void)state;
    assert_narrowed(1, 2, (const int[]){1, 2});
    assert_narrowed(16, 3, (const int[]){8, 12, 16});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_around_the_best),
        cmocka_unit_test(test_at_the_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expected values: worked by hand, or from R's binom tables; nothing here takes time. */
#include <math.h>

#include "harness/measure/statistics.h"
#include "tests/support/cmocka_all.h"

#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-12)

static void median_of_few_has_no_interval(void **unused)
{
    (void)unused;
    const double samples[] = {5, 1, 4, 2};
    struct estimate e = statistics_median(samples, 4);
    NEAR(e.value, 3);
    assert_true(isnan(e.low) && isnan(e.high));
    assert_true(isnan(statistics_median(samples, 5 - 5).value));
    NEAR(samples[0], 5); /* the caller's order is kept */
}

static void median_interval_is_of_order_statistics(void **unused)
{
    (void)unused;
    double samples[20];
    for (int i = 0; i < 20; i++)
        samples[(i * 7) % 20] = i + 1; /* 1 ... 20 in some order */
    struct estimate six = statistics_median((const double[]){6, 5, 4, 3, 2, 1}, 6);
    NEAR(six.value, 3.5);
    NEAR(six.low, 1); /* 2 * 0.5^6 = 3.1 % outside */
    NEAR(six.high, 6);
    struct estimate twenty = statistics_median(samples, 20);
    NEAR(twenty.value, 10.5);
    NEAR(twenty.low, 6); /* P(B(20, 1/2) <= 5) = 2.07 %, P(<= 6) = 5.8 % */
    NEAR(twenty.high, 15);
}

static void ratio_is_of_medians_and_pairs_rounds(void **unused)
{
    (void)unused;
    /* The machine halves its speed in some rounds: both suffer, the ratio does not. */
    const double serial[] = {2, 4, 2, 4, 2, 4, 2, 4}, parallel[] = {1, 2, 1, 2, 1, 2, 1, 2};
    struct estimate e = statistics_ratio(serial, parallel, 8);
    NEAR(e.value, 2);
    NEAR(e.low, 2);
    NEAR(e.high, 2);
    struct estimate few = statistics_ratio(serial, parallel, 5);
    NEAR(few.value, 2);
    assert_true(isnan(few.low) && isnan(few.high));
    assert_true(isnan(statistics_ratio(serial, parallel, 0).value));
}

static void ratio_interval_widens_with_spread(void **unused)
{
    (void)unused;
    const double serial[] = {10, 10, 10, 10, 10, 10, 10, 10};
    const double noisy[] = {4, 5, 6, 5, 4, 6, 5, 5};
    struct estimate e = statistics_ratio(serial, noisy, 8);
    NEAR(e.value, 2);
    assert_true(e.low >= 10.0 / 6 && e.low < 2);
    assert_true(e.high <= 10.0 / 4 && e.high >= 2);
    struct estimate again = statistics_ratio(serial, noisy, 8);
    NEAR(again.low, e.low); /* the draws are the same each time */
}

static void karp_flatt_gives_the_serial_fraction(void **unused)
{
    (void)unused;
    /* Amdahl with a serial fraction of 0.1 on 4 workers: speedup 1 / (0.1 + 0.9 / 4). */
    NEAR(statistics_karp_flatt(1 / (0.1 + 0.9 / 4), 4), 0.1);
    NEAR(statistics_karp_flatt(4, 4), 0);
    assert_true(isnan(statistics_karp_flatt(1, 1)));
}

static void ceiling_counts_turns(void **unused)
{
    (void)unused;
    double equal[25];
    for (int i = 0; i < 25; i++)
        equal[i] = 3;
    NEAR(statistics_ceiling(equal, 25, 1), 1);
    NEAR(statistics_ceiling(equal, 25, 2), 25.0 / 13);
    NEAR(statistics_ceiling(equal, 25, 4), 25.0 / 7);
    for (int workers = 9; workers <= 12; workers++)
        NEAR(statistics_ceiling(equal, 25, workers), 25.0 / 3);
    NEAR(statistics_ceiling(equal, 25, 100), 25);
    assert_true(isnan(statistics_ceiling(equal, 0, 2)));
}

static void ceiling_of_uneven_tasks(void **unused)
{
    (void)unused;
    const double tasks[] = {1, 6, 1}; /* the long one is all that counts */
    NEAR(statistics_ceiling(tasks, 3, 2), 8.0 / 6);
    const double more[] = {5, 3, 3}; /* two of the three share a worker: at least 3 + 3 */
    NEAR(statistics_ceiling(more, 3, 2), 11.0 / 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(median_of_few_has_no_interval),
        cmocka_unit_test(median_interval_is_of_order_statistics),
        cmocka_unit_test(ratio_is_of_medians_and_pairs_rounds),
        cmocka_unit_test(ratio_interval_widens_with_spread),
        cmocka_unit_test(karp_flatt_gives_the_serial_fraction),
        cmocka_unit_test(ceiling_counts_turns),
        cmocka_unit_test(ceiling_of_uneven_tasks),
    };
    return cmocka_run_group_tests_name("statistics", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Expected values: worked by hand; nothing here takes time. */
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

static void median_interval_is_between_order_statistics(void **unused)
{
    (void)unused;
    double samples[20];
    for (int i = 0; i < 20; i++)
        samples[(i * 7) % 20] = i + 1; /* 1 ... 20 in some order */
    struct estimate six = statistics_median((const double[]){6, 5, 4, 3, 2, 1}, 6);
    NEAR(six.value, 3.5);
    /* Samples 1 and 6 cover 1 - 2/64 = 31/32, samples 2 and 5 cover 1 - 14/64 = 25/32. A tenth of the
     * way from one to the other is 95 %; by the paper's formula that is 5 * 0.1 / (1 + 4 * 0.1) =
     * 5/14 of the way from sample to sample. */
    NEAR(six.low, 1 + 5.0 / 14);
    NEAR(six.high, 6 - 5.0 / 14);
    struct estimate twenty = statistics_median(samples, 20);
    NEAR(twenty.value, 10.5);
    /* P(B(20, 1/2) <= 5) = 21700 / 2^20 on each side, P(<= 6) = 60460 / 2^20. */
    double share = (0.025 * 1048576 - 21700) / (60460 - 21700);
    double weight = 14 * share / (6 + 8 * share);
    NEAR(twenty.low, 6 + weight);
    NEAR(twenty.high, 15 - weight);
}

static void ratio_pairs_rounds(void **unused)
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
    /* Of the median's own round: 10/5 and 10/6 are not mixed as 10/5.5. */
    const double one[] = {1, 2, 8}, other[] = {1, 1, 2};
    NEAR(statistics_ratio(one, other, 3).value, 2);
}

static void one_image_is_a_mean_over_tasks(void **unused)
{
    (void)unused;
    /* Three serial runs of two images. */
    const double task_s[] = {10, 8, 4};
    NEAR(statistics_one_image(task_s, 3, 2, 1e-9).value, 4);
    assert_true(isnan(statistics_one_image(task_s, 3, 2, 1e-9).low));
    assert_true(isnan(statistics_one_image(task_s, 3, 2, 0.05).value)); /* a coarse clock */
    assert_true(isnan(statistics_one_image(task_s, 0, 2, 1e-9).value));
    double six[6] = {1, 2, 3, 4, 5, 6};
    struct estimate with_interval = statistics_one_image(six, 6, 1, 1e-9);
    NEAR(with_interval.value, 3.5);
    NEAR(with_interval.low, 1 + 5.0 / 14);
    NEAR(with_interval.high, 6 - 5.0 / 14);
}

static void decimals_are_as_many_as_the_interval_allows(void **unused)
{
    (void)unused;
    assert_int_equal(statistics_decimals(&(struct estimate){1.9, 1.7, 2.1}), 2);
    assert_int_equal(statistics_decimals(&(struct estimate){1.9, 1.89, 1.91}), 3);
    assert_int_equal(statistics_decimals(&(struct estimate){3.2, 3.1, 3.3}), 2);
    assert_int_equal(statistics_decimals(&(struct estimate){100, 50, 150}), 0);
    assert_int_equal(statistics_decimals(&(struct estimate){5, 5, 5}), 6);
    assert_int_equal(statistics_decimals(&(struct estimate){5, (double)NAN, (double)NAN}), 2);
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

/* The median is 10, half of all are within 0.1 of it: 3.5 * 1.4826 * 0.1 is 0.52, and 5 % of 10 is 0.5. */
static void outliers_are_beyond_the_spread_and_a_share(void **unused)
{
    (void)unused;
    bool is_out[9];
    const double wide[] = {10, 9.9, 10.1, 10.53, 9.47, 10.51, 9.49, 10, 10};
    assert_int_equal(statistics_outliers(wide, 9, is_out), 2);
    for (int i = 0; i < 9; i++)
        assert_int_equal(is_out[i], i == 3 || i == 4);
    const double narrow[] = {10, 10.001, 9.999, 10, 10.49, 9.4, (double)NAN, 10};
    assert_int_equal(statistics_outliers(narrow, 8, is_out), 1);
    assert_true(is_out[5] && !is_out[4] && !is_out[6]);
    assert_int_equal(statistics_outliers(narrow, 5, NULL), 0); /* too few to say */
    assert_int_equal(statistics_outliers(narrow, 0, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(median_of_few_has_no_interval),
        cmocka_unit_test(median_interval_is_between_order_statistics),
        cmocka_unit_test(ratio_pairs_rounds),
        cmocka_unit_test(ratio_interval_widens_with_spread),
        cmocka_unit_test(outliers_are_beyond_the_spread_and_a_share),
        cmocka_unit_test(one_image_is_a_mean_over_tasks),
        cmocka_unit_test(decimals_are_as_many_as_the_interval_allows),
        cmocka_unit_test(karp_flatt_gives_the_serial_fraction),
        cmocka_unit_test(ceiling_counts_turns),
        cmocka_unit_test(ceiling_of_uneven_tasks),
    };
    return cmocka_run_group_tests_name("statistics", tests, NULL, NULL);
}

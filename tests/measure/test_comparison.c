/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparisons against SciPy on the same samples, and by hand; nothing here takes time. */
#include <math.h>
#include <stdio.h>

#include "harness/measure/judge/comparison.h"
#include "tests/support/cmocka_all.h"

#define NEAR(a, b) assert_true(fabs((a) - (b)) <= 1e-9 * fmax(1, fabs(b)))

static void read_numbers(FILE *file, double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_int_equal(fscanf(file, "%lf", &numbers[i]), 1);
}

static void agrees_with_scipy(void **unused)
{
    (void)unused;
    enum { AT_MOST = 20 };
    double first[AT_MOST], second[AT_MOST], expected[4];
    int lines = 0;
    size_t count;
    FILE *file = fopen("tests/reference/statistics.txt", "r");
    if (!file)
        fail_msg("tests/reference/statistics.txt is missing: run the tests from the top directory");
    while (fscanf(file, "%zu", &count) == 1) {
        assert_true(count <= AT_MOST);
        read_numbers(file, first, count);
        read_numbers(file, second, count);
        read_numbers(file, expected, 4);
        struct comparison found = comparison_of(first, second, count);
        NEAR(found.ratio.value, expected[0]);
        NEAR(found.ratio.low, expected[1]);
        NEAR(found.ratio.high, expected[2]);
        NEAR(found.chance, expected[3]);
        lines++;
    }
    fclose(file);
    assert_int_equal(lines, 18);
}

static void few_rounds_say_nothing(void **unused)
{
    (void)unused;
    const double a[] = {1, 1, 1, 1, 1}, b[] = {2, 2, 2, 2, 2};
    struct comparison few = comparison_of(a, b, 5);
    enum comparison_verdict verdict;
    assert_true(isnan(few.chance));
    assert_int_equal(comparison_judge(&few, 1, 0.01, &verdict), 0);
    assert_int_equal(verdict, COMPARISON_UNKNOWN);
    assert_true(isnan(comparison_floor(a, b, 5)));
}

/* Holm by hand: 0.01 * 4 and 0.015 * 3 are below 0.05, 0.03 * 2 is not, and then nothing is. */
static void chances_are_corrected_after_holm(void **unused)
{
    (void)unused;
    const struct comparison c[] = {{{1.5, 1.4, 1.6}, 0.03},
                                   {{0.5, 0.4, 0.6}, 0.01},
                                   {{1.5, 1.4, 1.6}, 0.04},
                                   {{1.5, 1.4, 1.6}, 0.015},
                                   {{1.5, 1.4, 1.6}, (double)NAN}};
    enum comparison_verdict v[5];
    assert_int_equal(comparison_judge(c, 5, 0.05, v), 0);
    assert_int_equal(v[0], COMPARISON_ALIKE);
    assert_int_equal(v[1], COMPARISON_SLOWER);
    assert_int_equal(v[2], COMPARISON_ALIKE);
    assert_int_equal(v[3], COMPARISON_FASTER);
    assert_int_equal(v[4], COMPARISON_UNKNOWN);
}

static void a_difference_within_the_floor_is_none(void **unused)
{
    (void)unused;
    const struct comparison sure = {{1.04, 1.03, 1.05}, 1e-6};
    enum comparison_verdict verdict;
    comparison_judge(&sure, 1, 0.05, &verdict);
    assert_int_equal(verdict, COMPARISON_ALIKE);
    comparison_judge(&sure, 1, 0.03, &verdict);
    assert_int_equal(verdict, COMPARISON_FASTER);
    comparison_judge(&sure, 1, (double)NAN, &verdict); /* no A/A pair: the chance alone */
    assert_int_equal(verdict, COMPARISON_FASTER);
}

static void floor_is_how_far_the_same_is_from_itself(void **unused)
{
    (void)unused;
    const double once[] = {1, 1, 1, 1, 1, 1}, again[] = {1.02, 1.02, 1.02, 1.02, 1.02, 1.02};
    NEAR(comparison_floor(once, again, 6), log(1.02));
    NEAR(comparison_floor(again, once, 6), log(1.02));
    NEAR(comparison_floor(once, once, 6), 0.0);
}

/* Drift by a factor of two, and one spike: a difference of 10 % is seen all the same. */
static void drift_and_a_spike_hide_nothing(void **unused)
{
    (void)unused;
    double a[10], b[10];
    for (int i = 0; i < 10; i++) {
        double drift = 1 + 0.1 * i, noise = 0.005 * ((i * 7) % 5 - 2);
        a[i] = drift * (1 + noise);
        b[i] = 1.1 * drift * (1 - noise);
    }
    a[4] *= 3;
    struct comparison found = comparison_of(a, b, 10);
    enum comparison_verdict verdict;
    comparison_judge(&found, 1, 0.03, &verdict);
    assert_int_equal(verdict, COMPARISON_FASTER);
    assert_true(found.ratio.low > 1.05 && found.ratio.high < 1.15);
}

static void the_best_are_those_not_told_apart(void **unused)
{
    (void)unused;
    double times[4][8];
    const double *rows[4];
    bool alike[4];
    for (int i = 0; i < 8; i++) {
        double noise = 0.01 * ((i * 3) % 8 - 3.5);
        times[0][i] = 2 + noise;
        times[1][i] = 1 + noise;
        times[2][i] = 1.002 - noise;
        times[3][i] = 1.3 + 0.5 * noise;
    }
    for (int i = 0; i < 4; i++)
        rows[i] = times[i];
    assert_int_equal(comparison_best(rows, 4, 8, 0.02, alike), 1);
    assert_false(alike[0]);
    assert_true(alike[1]);
    assert_true(alike[2]);
    assert_false(alike[3]);
    assert_int_equal(comparison_best(rows, 4, 3, 0.02, alike), 1); /* three rounds tell nothing */
    assert_true(alike[0] && alike[1] && alike[2] && alike[3]);
    assert_int_equal(comparison_best(rows, 0, 8, 0.02, alike), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_scipy),
        cmocka_unit_test(few_rounds_say_nothing),
        cmocka_unit_test(chances_are_corrected_after_holm),
        cmocka_unit_test(a_difference_within_the_floor_is_none),
        cmocka_unit_test(floor_is_how_far_the_same_is_from_itself),
        cmocka_unit_test(drift_and_a_spike_hide_nothing),
        cmocka_unit_test(the_best_are_those_not_told_apart),
    };
    return cmocka_run_group_tests_name("comparison", tests, NULL, NULL);
}

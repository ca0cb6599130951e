/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fits against those of SciPy on the same points; what noise may not say; counting taken out. */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "harness/measure/scaling/scaling.h"
#include "tests/support/cmocka_all.h"

#define NEAR(a, b, tolerance) assert_near((a), (b), (tolerance), __LINE__)

static void assert_near(double a, double b, double tolerance, int line)
{
    if (!(fabs(a - b) <= tolerance * fmax(1e-2, fabs(b))))
        fail_msg("line %d: %.12g is not %.12g", line, a, b);
}

static double next(FILE *file)
{
    double number;
    assert_int_equal(fscanf(file, "%lf", &number), 1);
    return number;
}

static void fits_are_those_of_scipy(void **unused)
{
    (void)unused;
    enum { AT_MOST = 20 };
    struct scaling_point points[AT_MOST];
    struct scaling_fit fit;
    struct error error;
    char name[8];
    size_t count;
    int lines = 0;
    FILE *file = fopen("tests/reference/scaling.txt", "r");
    if (!file)
        fail_msg("tests/reference/scaling.txt is missing: run the tests from the top directory");
    while (fscanf(file, "%7s %zu", name, &count) == 2) {
        enum scaling_law law = strcmp(name, "usl") == 0 ? SCALING_USL : SCALING_AMDAHL;
        assert_true(count <= AT_MOST);
        for (size_t i = 0; i < count; i++) {
            points[i].workers = next(file);
            points[i].speedup = next(file);
            points[i].error = next(file);
        }
        if (scaling_fit(law, points, count, &fit, &error) != 0)
            fail_msg("line %d: %s", lines + 1, error.text);
        assert_int_equal(fit.parameters, law == SCALING_USL ? 2 : 1);
        for (int k = 0; k < fit.parameters; k++) {
            NEAR(fit.parameter[k].value, next(file), 1e-5);
            NEAR(fit.parameter[k].low, next(file), 1e-5);
            NEAR(fit.parameter[k].high, next(file), 1e-5);
        }
        NEAR(fit.chi_squared, next(file), 1e-6);
        NEAR(fit.chance, next(file), 1e-6);
        lines++;
    }
    fclose(file);
    assert_int_equal(lines, 40);
}

/* 25 / 13 on 2 workers is all that counting leaves: no serial share. */
static void counting_is_taken_out(void **unused)
{
    (void)unused;
    struct scaling_point point;
    const struct estimate speedup = {25.0 / 13, 1.9, 1.95};
    assert_true(scaling_point_of(&speedup, 25.0 / 13, 2, &point));
    NEAR(point.workers, 2, 1e-12);
    NEAR(point.speedup, 2, 1e-12);
    NEAR(point.error, 0.05 * (26.0 / 25) / (2 * 1.959964), 1e-6);
    const struct estimate no_interval = {1.9, (double)NAN, (double)NAN};
    assert_false(scaling_point_of(&no_interval, 2, 2, &point));
    assert_false(scaling_point_of(&speedup, (double)NAN, 2, &point));
}

static void few_points_are_not_fitted(void **unused)
{
    (void)unused;
    const struct scaling_point points[5] = {
        {1, 1, 0.1}, {2, 2, 0.1}, {3, 3, 0.1}, {4, 4, 0.1}, {5, 5, 0.1}};
    struct scaling_fit fit;
    struct error error;
    assert_int_equal(scaling_fit(SCALING_AMDAHL, points, 5, &fit, &error), -1);
    assert_non_null(strstr(error.text, "at least 6"));
}

/* Linear speedups with noise of 2 %: at most 1 in 100 may seem to have a serial share, and the law is
 * not contradicted in about 95 of 100; a true share of 5 % is found; and the USL contradicts Amdahl. */
static void noise_has_no_serial_share(void **unused)
{
    (void)unused;
    enum { TRIALS = 1000 };
    static const double workers[] = {1, 2, 4, 8, 16, 32};
    struct scaling_point points[6];
    struct scaling_fit fit;
    struct error error;
    int blamed = 0, agreed = 0, found = 0, held = 0, contradicted = 0;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    assert_non_null(rng);
    for (int trial = 0; trial < TRIALS; trial++) {
        static const struct {
            enum scaling_law law;
            double parameters[2];
        } truths[] = {
            {SCALING_USL, {0, 0}}, {SCALING_AMDAHL, {0.05, 0}}, {SCALING_USL, {0, 0.002}}};
        for (int truth = 0; truth < 3; truth++) {
            for (int i = 0; i < 6; i++) {
                double clean =
                    scaling_speedup(truths[truth].law, truths[truth].parameters, workers[i]);
                points[i] = (struct scaling_point){
                    workers[i], clean * (1 + gsl_ran_gaussian(rng, 0.02)), 0.02 * clean};
            }
            assert_int_equal(scaling_fit(SCALING_AMDAHL, points, 6, &fit, &error), 0);
            blamed += truth == 0 && scaling_is_known(&fit.parameter[0]);
            agreed += truth == 0 && scaling_agrees(&fit);
            found += truth == 1 && scaling_is_known(&fit.parameter[0]);
            held += truth == 1 && fit.parameter[0].low <= 0.05 && 0.05 <= fit.parameter[0].high;
            contradicted += truth == 2 && !scaling_agrees(&fit);
        }
    }
    gsl_rng_free(rng);
    if (blamed > TRIALS / 100)
        fail_msg("%d of %d linear ones have a serial share", blamed, TRIALS);
    if (agreed < 0.92 * TRIALS || agreed > 0.98 * TRIALS)
        fail_msg("%d of %d agree", agreed, TRIALS);
    assert_int_equal(found, TRIALS);
    if (held < 0.93 * TRIALS)
        fail_msg("%d of %d hold the true share", held, TRIALS);
    assert_int_equal(contradicted, TRIALS);
}

static void the_usl_has_a_peak(void **unused)
{
    (void)unused;
    struct scaling_fit fit = {.parameters = 2, .parameter = {{0.19, 0, 0}, {0.01, 0, 0}}};
    NEAR(scaling_peak(&fit), 9, 1e-12); /* sqrt(0.81 / 0.01) */
    fit.parameter[1].value = -0.001;
    assert_true(isinf(scaling_peak(&fit)));
    assert_true(scaling_is_known(&(struct estimate){0.02, 0.01, 0.029}));
    assert_false(scaling_is_known(&(struct estimate){0.02, 0.01, 0.031}));
    assert_false(scaling_is_known(&(struct estimate){0.02, -0.01, 0.05}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fits_are_those_of_scipy),   cmocka_unit_test(counting_is_taken_out),
        cmocka_unit_test(few_points_are_not_fitted), cmocka_unit_test(noise_has_no_serial_share),
        cmocka_unit_test(the_usl_has_a_peak),
    };
    return cmocka_run_group_tests_name("scaling", tests, NULL, NULL);
}

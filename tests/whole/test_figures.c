/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every figure of summary.csv, worked out once more from runs.csv and trace.csv of the same
 * benchmark; and what is kept of a run that failed. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"
#include "tests/support/table.h"

enum { VALUES_AT_MOST = 100 };

#define bench(...) assert_speedup_runs("bench", __VA_ARGS__)
#define SMALL "--size", "40x30", "--window", "3"

static int in_order(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static double median(double *values, size_t count)
{
    assert_true(count > 0);
    qsort(values, count, sizeof *values, in_order);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

/* The same to eight digits: files have nine. */
static void assert_near(double value, double expected)
{
    if (!(fabs(value - expected) <= 1e-7 * fabs(expected)))
        fail_msg("%.9g is not %.9g", value, expected);
}

/* The median over the rounds of (the sum of two columns) / (another one and a number). */
static double median_of(const struct table *runs, const char *strategy, int workers,
                        const char *column, const char *more, const char *per)
{
    double values[VALUES_AT_MOST] = {0};
    size_t count = 0;
    for (size_t row = 0; row < runs->rows; row++) {
        if (strcmp(table_field(runs, row, "strategy"), strategy) != 0 ||
            (int)table_value(runs, row, "workers") != workers)
            continue;
        assert_true(count < VALUES_AT_MOST);
        values[count] = table_value(runs, row, column);
        if (more)
            values[count] += table_value(runs, row, more);
        if (per)
            values[count] /= table_value(runs, row, per) * workers;
        count++;
    }
    return median(values, count);
}

/* The median over the rounds of serial / this, both of the same round. */
static double paired_speedup(const struct table *runs, const char *strategy, int workers)
{
    double ratios[VALUES_AT_MOST] = {0};
    size_t count = 0;
    for (size_t serial = 0; serial < runs->rows; serial++)
        for (size_t row = 0; row < runs->rows; row++)
            if (strcmp(table_field(runs, serial, "strategy"), "serial") == 0 &&
                strcmp(table_field(runs, row, "strategy"), strategy) == 0 &&
                (int)table_value(runs, row, "workers") == workers &&
                table_value(runs, row, "round") == table_value(runs, serial, "round")) {
                assert_true(count < VALUES_AT_MOST);
                ratios[count++] =
                    table_value(runs, serial, "wall_s") / table_value(runs, row, "wall_s");
            }
    return median(ratios, count);
}

static void medians_are_those_of_the_runs(void **unused)
{
    (void)unused;
    bench("--images", "5", SMALL, "--rounds", "7", "--strategies", "fork", "--workers", "3",
          "--out", "r");
    struct table runs = table_load("r/runs.csv"), summary = table_load("r/summary.csv");
    size_t row = table_find(&summary, "fork", 3);
    double serial_s = median_of(&runs, "serial", 1, "wall_s", NULL, NULL);
    double wall_s = median_of(&runs, "fork", 3, "wall_s", NULL, NULL);
    double speedup = paired_speedup(&runs, "fork", 3), share = 1.0 / 3;
    assert_near(table_value(&summary, row, "wall_median_s"), wall_s);
    assert_near(table_value(&summary, table_find(&summary, "serial", 1), "wall_median_s"),
                serial_s);
    assert_near(table_value(&summary, row, "speedup"), speedup);
    assert_near(table_value(&summary, row, "efficiency"), speedup / 3);
    assert_near(table_value(&summary, row, "karp_flatt"), (1 / speedup - share) / (1 - share));
    assert_near(table_value(&summary, row, "ceiling"), 5.0 / 2);
    assert_near(table_value(&summary, row, "activity_speedup"),
                5 * table_value(&summary, row, "t0_s") / wall_s);
    double used = median_of(&runs, "fork", 3, "user_s", "sys_s", "wall_s");
    assert_near(table_value(&summary, row, "cpu_utilisation"), used);
    assert_true(table_value(&summary, row, "rounds") == 7);
    table_free(&runs);
    table_free(&summary);
}

/* What an image took in the serial run of trace.csv, on average. */
static double mean_image_s(int images, int tasks)
{
    struct table trace = table_load("r/trace.csv");
    double sum = 0;
    int found = 0;
    for (size_t row = 0; row < trace.rows; row++)
        if (strcmp(table_field(&trace, row, "strategy"), "serial") == 0) {
            sum += table_value(&trace, row, "end_s") - table_value(&trace, row, "start_s");
            found++;
        }
    table_free(&trace);
    assert_int_equal(found, tasks);
    return sum / images;
}

/* One round: the serial run in trace.csv is the one that t0 is of. Each image is filtered with a
 * window that makes it take a while, so that nine digits of a second are many. */
static void t0_is_the_time_of_one_image(void **unused)
{
    (void)unused;
    bench("--images", "7", "--size", "100x60", "--window", "21", "--filter", "highpass-select",
          "--rounds", "1", "--strategies", "fork", "--workers", "2", "--out", "r");
    struct table summary = table_load("r/summary.csv");
    double t0_s = table_value(&summary, 0, "t0_s"), expected = mean_image_s(7, 7);
    if (!(fabs(t0_s - expected) <= 1e-4 * expected))
        fail_msg("t0 is %.9g and not %.9g", t0_s, expected);
    assert_near(table_value(&summary, 1, "t0_s"), t0_s);
    assert_near(table_value(&summary, 0, "activity_speedup"),
                7 * t0_s / table_value(&summary, 0, "wall_median_s"));
    table_free(&summary);
}

static void t0_of_an_image_in_bands_is_that_of_all_its_bands(void **unused)
{
    (void)unused;
    bench("--images", "3", "--size", "120x60", "--window", "21", "--filter", "highpass-select",
          "--grain", "band", "--bands", "4", "--rounds", "1", "--strategies", "fork", "--workers",
          "2", "--out", "r");
    struct table summary = table_load("r/summary.csv");
    double t0_s = table_value(&summary, 0, "t0_s"), expected = mean_image_s(3, 12);
    if (!(fabs(t0_s - expected) <= 1e-4 * expected))
        fail_msg("t0 is %.9g and not %.9g", t0_s, expected);
    assert_true(table_value(&summary, 0, "tasks") == 12);
    /* Three images, however many bands. */
    assert_near(table_value(&summary, 1, "activity_speedup"),
                3 * t0_s / table_value(&summary, 1, "wall_median_s"));
    table_free(&summary);
}

/* The run that is drawn is one whose wall time is the median: its last task ends within it. */
static void the_trace_is_that_of_the_median_run(void **unused)
{
    (void)unused;
    bench("--images", "9", SMALL, "--rounds", "9", "--strategies", "pool", "--workers", "2",
          "--out", "r");
    struct table runs = table_load("r/runs.csv"), trace = table_load("r/trace.csv");
    double wall_s = median_of(&runs, "pool", 2, "wall_s", NULL, NULL), end_s = 0;
    int workers[2] = {0, 0};
    for (size_t row = 0; row < trace.rows; row++) {
        assert_true(table_value(&trace, row, "start_s") >= 0);
        assert_true(table_value(&trace, row, "end_s") > table_value(&trace, row, "start_s"));
        if (strcmp(table_field(&trace, row, "strategy"), "pool") != 0)
            continue;
        end_s = fmax(end_s, table_value(&trace, row, "end_s"));
        workers[(int)table_value(&trace, row, "worker")]++;
    }
    assert_true(end_s <= wall_s * (1 + 1e-7));
    assert_int_equal(workers[0] + workers[1], 9);
    table_free(&runs);
    table_free(&trace);
}

/* What failed is measured once more and then no longer, has no figures in runs.csv, and none but its name in summary.csv. */
static void what_failed_has_no_figures(void **unused)
{
    (void)unused;
    static const char *const empty[] = {"wall_median_s",    "wall_low_s",  "wall_high_s",
                                        "speedup",          "speedup_low", "speedup_high",
                                        "activity_speedup", "efficiency",  "karp_flatt",
                                        "cpu_utilisation",  "max_rss_kib"};
    static const char *const unknown[] = {"start_s", "wall_s",      "stop_s",       "user_s",
                                          "sys_s",   "max_rss_kib", "minor_faults", "gflops"};
    const char *program = getenv("SPEEDUP_BROKEN");
    assert_non_null(program);
    struct outcome outcome = run_program((const char *const[]){
        program, "bench", "--images", "3", SMALL, "--rounds", "3", "--strategies",
        "gives-up,crashes", "--workers", "2", "--out", "r", NULL});
    assert_int_equal(outcome.code, 1);
    assert_non_null(
        strstr(outcome.err, "bench: 2 of 3 configurations did not run or were not right"));
    outcome_free(&outcome);
    struct table runs = table_load("r/runs.csv"), summary = table_load("r/summary.csv");
    assert_int_equal(runs.rows, 3 + 2 * 2);
    size_t row = table_find(&runs, "gives-up", 2);
    assert_string_equal(table_field(&runs, row, "status"), "failed");
    assert_string_equal(table_field(&runs, table_find(&runs, "crashes", 2), "status"), "crashed");
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++)
        assert_string_equal(table_field(&runs, row, unknown[i]), "");
    row = table_find(&summary, "gives-up", 2);
    assert_string_equal(table_field(&summary, row, "status"), "failed");
    assert_string_equal(table_field(&summary, table_find(&summary, "crashes", 2), "status"),
                        "crashed");
    assert_string_equal(table_field(&summary, row, "rounds"), "0");
    for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++)
        assert_string_equal(table_field(&summary, row, empty[i]), "");
    table_free(&runs);
    table_free(&summary);
}

/* Images of two sizes: a ceiling by pixels, and no size that would be that of all. */
static void uneven_images_are_weighed_by_their_pixels(void **unused)
{
    (void)unused;
    struct outcome outcome = run_speedup("generate", "--count", "1", "--size", "60x60");
    outcome_free(&outcome);
    outcome = run_speedup("generate", "--count", "1", "--size", "20x30", "--out", "small");
    outcome_free(&outcome);
    bench("fake_60x60_0.fits", "small/fake_20x30_0.fits", "--window", "3", "--rounds", "1",
          "--strategies", "fork", "--workers", "2", "--out", "r");
    struct table summary = table_load("r/summary.csv");
    assert_near(table_value(&summary, 1, "ceiling"), (3600 + 600) / 3600.0);
    assert_string_equal(table_field(&summary, 1, "ny"), "");
    assert_string_equal(table_field(&summary, 1, "nx"), "");
    table_free(&summary);
}

static void the_row_says_what_was_computed(void **unused)
{
    (void)unused;
    bench("--images", "2", "--size", "40x30", "--window", "7", "--rounds", "1", "--strategies",
          "fork", "--workers", "2", "--bind", "none", "--out", "r");
    struct table runs = table_load("r/runs.csv"), summary = table_load("r/summary.csv");
    const struct table *const both[] = {&runs, &summary};
    for (size_t i = 0; i < 2; i++) {
        size_t row = table_find(both[i], "fork", 2);
        assert_string_equal(table_field(both[i], row, "schema"), "1");
        assert_string_equal(table_field(both[i], row, "filter"), "highpass");
        assert_string_equal(table_field(both[i], row, "grain"), "image");
        assert_string_equal(table_field(both[i], row, "io"), "memory");
        assert_string_equal(table_field(both[i], row, "bind"), "none");
        assert_string_equal(table_field(both[i], row, "ny"), "40");
        assert_string_equal(table_field(both[i], row, "nx"), "30");
        assert_string_equal(table_field(both[i], row, "window"), "7");
        assert_string_equal(table_field(both[i], row, "tasks"), "2");
        assert_string_equal(table_field(both[i], row, "status"), "ok");
        assert_string_equal(table_field(both[i], row, "blas_threads"), "");
        assert_string_equal(table_field(both[i], row, "gflops"), "");
        assert_string_equal(table_field(both[i], row, "latency_s"), "");
    }
    table_free(&runs);
    table_free(&summary);
}

/* 2 * 20 * 20 * 30 operations an image: dot-loops does the whole product. */
static void gflops_are_operations_by_time(void **unused)
{
    (void)unused;
    bench("--filter", "dot-loops", "--images", "2", "--size", "20x30", "--rounds", "1",
          "--strategies", "fork", "--workers", "2", "--out", "r");
    struct table runs = table_load("r/runs.csv"), summary = table_load("r/summary.csv");
    size_t row = table_find(&runs, "fork", 2);
    double operations = table_value(&runs, row, "gflops") * 1e9 * table_value(&runs, row, "wall_s");
    assert_near(table_value(&summary, table_find(&summary, "fork", 2), "gflops"),
                table_value(&runs, row, "gflops"));
    assert_near(operations, 2 * 2.0 * 20 * 20 * 30);
    table_free(&runs);
    table_free(&summary);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        TEST(medians_are_those_of_the_runs),
        TEST(t0_is_the_time_of_one_image),
        TEST(t0_of_an_image_in_bands_is_that_of_all_its_bands),
        TEST(the_trace_is_that_of_the_median_run),
        TEST(what_failed_has_no_figures),
        TEST(uneven_images_are_weighed_by_their_pixels),
        TEST(the_row_says_what_was_computed),
        TEST(gflops_are_operations_by_time),
    };
    return cmocka_run_group_tests_name("figures", tests, NULL, NULL);
}

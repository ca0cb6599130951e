/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The forecast that a benchmark makes before it measures, as its user sees it. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"
#include "tests/support/table.h"

#define SMALL "--size", "40x30", "--window", "3", "--images", "4", "--out", "r"

static void bench_said(struct outcome outcome, int wanted)
{
    if (outcome.code != 0)
        fail_msg("exit code %d: %s", outcome.code, outcome.err);
    if (wanted != (strstr(outcome.out, "Forecast, before measuring: pool on 3 workers ") != NULL))
        fail_msg("%s", outcome.out);
    if (strstr(outcome.err, "too few for a confidence interval")) /* that of the bet are few */
        fail_msg("%s", outcome.err);
    outcome_free(&outcome);
}

static void a_benchmark_bets_on_each_number_of_workers(void **unused)
{
    (void)unused;
    bench_said(run_speedup("bench", SMALL, "--strategies", "pool,fork", "--workers", "1,2,3",
                           "--rounds", "6"),
               1);
    struct table forecast = table_load("r/forecast.csv"), summary = table_load("r/summary.csv");
    assert_int_equal(forecast.rows, 3);
    for (int workers = 1; workers <= 3; workers++) {
        size_t row = table_find(&forecast, "pool", workers);
        double low = table_value(&forecast, row, "speedup_low");
        double speedup = table_value(&forecast, row, "speedup");
        assert_true(0 < low && low < speedup);
        assert_true(speedup < table_value(&forecast, row, "speedup_high"));
        assert_true(table_value(&forecast, row, "wall_low_s") <
                    table_value(&forecast, row, "wall_s"));
        assert_true(table_value(&forecast, row, "from_workers") == 1);
        assert_true(table_value(&forecast, row, "from_runs") == 5);
        /* It belongs to this benchmark, and not to another. */
        assert_string_equal(table_field(&forecast, row, "benchmark"),
                            table_field(&summary, 0, "benchmark"));
    }
    table_free(&forecast);
    table_free(&summary);
    /* Its runs are no runs of the benchmark. */
    struct table runs = table_load("r/runs.csv");
    assert_int_equal(runs.rows, 6 * 7);
    table_free(&runs);
    size_t count;
    char *report = scratch_read("r/report.md", &count);
    assert_non_null(
        strstr(report, "Forecast before measuring, from 5 runs on 1 worker: pool on 3"));
    free(report);
}

static void few_rounds_have_no_forecast(void **unused)
{
    (void)unused;
    struct outcome outcome =
        run_speedup("bench", SMALL, "--strategies", "pool", "--workers", "1,2", "--rounds", "1");
    assert_int_equal(outcome.code, 0);
    assert_null(strstr(outcome.out, "Forecast"));
    outcome_free(&outcome);
    assert_int_not_equal(access("r/forecast.csv", F_OK), 0);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        TEST(a_benchmark_bets_on_each_number_of_workers),
        TEST(few_rounds_have_no_forecast),
    };
    return cmocka_run_group_tests_name("forecast", tests, NULL, NULL);
}

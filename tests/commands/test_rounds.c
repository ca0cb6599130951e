/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rounds of a benchmark: how many, in which order, and what is in them twice. */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"
#include "tests/support/table.h"

#define bench(...) assert_speedup_runs("bench", __VA_ARGS__)
#define SMALL "--size", "40x30", "--window", "3"

/* --budget is kept to whole rounds: always one, and never more than 25. */
static void the_budget_decides_how_many_rounds(void **unused)
{
    (void)unused;
    bench("--images", "1", SMALL, "--budget", "0.001", "--strategies", "fork", "--workers", "1",
          "--out", "r");
    struct table summary = table_load("r/summary.csv");
    assert_true(table_value(&summary, 0, "rounds") == 1);
    assert_true(table_value(&summary, 1, "rounds") == 1);
    table_free(&summary);
    bench("--images", "1", SMALL, "--budget", "600", "--strategies", "fork", "--workers", "1",
          "--out", "r");
    summary = table_load("r/summary.csv");
    assert_true(table_value(&summary, 1, "rounds") == 25);
    table_free(&summary);
}

/* Six are the fewest that can bound a median. */
static void too_few_rounds_are_said_to_be(void **unused)
{
    (void)unused;
    struct outcome outcome = run_speedup("bench", "--images", "1", SMALL, "--rounds", "5",
                                         "--strategies", "fork", "--workers", "1", "--out", "r");
    assert_non_null(strstr(outcome.err, "5 rounds: too few for a confidence interval"));
    outcome_free(&outcome);
    struct table summary = table_load("r/summary.csv");
    assert_string_equal(table_field(&summary, 1, "wall_low_s"), "");
    table_free(&summary);
    outcome = run_speedup("bench", "--images", "1", SMALL, "--rounds", "6", "--strategies", "fork",
                          "--workers", "1", "--out", "r");
    assert_null(strstr(outcome.err, "too few"));
    outcome_free(&outcome);
    summary = table_load("r/summary.csv");
    double low = table_value(&summary, 1, "wall_low_s"),
           high = table_value(&summary, 1, "wall_high_s");
    assert_true(low <= table_value(&summary, 1, "wall_median_s") && high >= low);
    table_free(&summary);
}

/* The seed that machine.txt has. */
static unsigned long recorded_seed(void)
{
    size_t count;
    char *text = scratch_read("r/machine.txt", &count);
    const char *line = strstr(text, "\norder "),
               *seed = line ? strstr(line, "mt19937 with seed ") : NULL;
    if (!seed)
        fail_msg("no seed in %s", text);
    unsigned long value = strtoul(seed + strlen("mt19937 with seed "), NULL, 10);
    free(text);
    return value;
}

/* What was measured twice: the first of each round is in runs.csv, the second another run. */
static void assert_again(const struct table *runs, const char *strategy, size_t first_row)
{
    struct table again = table_load("r/again.csv");
    assert_int_equal(again.rows, 2 * 6);
    for (size_t i = 0; i < 6; i++) {
        size_t row = 0;
        while (strcmp(table_field(runs, row, "strategy"), strategy) != 0 ||
               table_value(runs, row, "round") != (double)(i + 1))
            row++;
        assert_string_equal(table_field(&again, first_row + i, "strategy"), strategy);
        assert_true(table_value(&again, first_row + i, "round") == (double)(i + 1));
        assert_string_equal(table_field(&again, first_row + i, "wall_s"),
                            table_field(runs, row, "wall_s"));
        assert_true(table_value(&again, first_row + i, "again_s") > 0);
        assert_string_not_equal(table_field(&again, first_row + i, "again_s"),
                                table_field(runs, row, "wall_s"));
    }
    table_free(&again);
}

static void rounds_are_shuffled_from_the_seed_that_is_recorded(void **unused)
{
    (void)unused;
    static const char *const names[] = {"serial", "fork", "pthreads", "pool", "openmp"};
    enum { NAMES = 5, RUNS = NAMES + 2 }; /* serial and pool again, which are in no row */
    int order[] = {0, 1, 2, 3, 4, 5, 6}, moved = 0;
    size_t row = 0;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    bench("--images", "2", SMALL, "--rounds", "6", "--strategies", "fork,pthreads,pool,openmp",
          "--workers", "1", "--out", "r");
    gsl_rng_set(rng, recorded_seed());
    struct table runs = table_load("r/runs.csv");
    assert_int_equal(runs.rows, 6 * NAMES);
    for (int round = 1; round <= 6; round++) {
        gsl_ran_shuffle(rng, order, RUNS, sizeof order[0]);
        for (int i = 0; i < RUNS; i++) {
            moved += order[i] != i;
            if (order[i] >= NAMES)
                continue;
            assert_string_equal(table_field(&runs, row, "strategy"), names[order[i]]);
            assert_int_equal((int)table_value(&runs, row, "round"), round);
            row++;
        }
    }
    /* By chance this fails once in 5040^6 times. */
    assert_true(moved > 0);
    assert_again(&runs, "serial", 0);
    assert_again(&runs, "pool", 6);
    gsl_rng_free(rng);
    table_free(&runs);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        TEST(the_budget_decides_how_many_rounds),
        TEST(too_few_rounds_are_said_to_be),
        TEST(rounds_are_shuffled_from_the_seed_that_is_recorded),
    };
    return cmocka_run_group_tests_name("rounds", tests, NULL, NULL);
}

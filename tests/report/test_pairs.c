/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of two is faster, by the rounds that they share. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/report/bad_runs.h"
#include "harness/report/findings.h"
#include "harness/report/pairs.h"
#include "harness/results/results.h"
#include "harness/results/rows.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"
#include "tests/support/summaries.h"

enum { ROUNDS = 8 };

/* All slows down by a half in eight rounds, and fork-pipe takes 4 to 5 % more time than fork in each. */
static double wall_of(int row, int round)
{
    double drift = 1 + 0.5 * round / ROUNDS;
    return drift * (row == 2 ? 1.04 + 0.001 * (round * 5 % 7) : 1);
}

struct made_up {
    struct summary rows[3];
    struct verdict_run runs[3][ROUNDS];
    struct result_set set;
};

static void make(struct made_up *m)
{
    const struct estimate wide = {1.25, 1.06, 1.44};
    *m = (struct made_up){.rows = {summary_given("serial", 1, wide, only(1)),
                                   summary_given("fork", 2, wide, only(2)),
                                   summary_given("fork-pipe", 2, wide, only(2))}};
    for (int row = 0; row < 3; row++) {
        for (int i = 0; i < ROUNDS; i++)
            m->runs[row][i].wall_s = wall_of(row, i);
        m->rows[row].rounds = ROUNDS;
        m->rows[row].runs = m->runs[row];
    }
    m->set = (struct result_set){.summaries = m->rows, .count = 3};
}

static void drift_hides_nothing(void **unused)
{
    (void)unused;
    struct made_up m;
    make(&m);
    assert_int_equal(pairs_compare(&m.set, &m.rows[1], &m.rows[2], 1), COMPARISON_FASTER);
    assert_int_equal(pairs_compare(&m.set, &m.rows[2], &m.rows[1], 1), COMPARISON_SLOWER);
    assert_int_equal(pairs_compare(&m.set, &m.rows[0], &m.rows[1], 1), COMPARISON_ALIKE);
}

static void the_floor_and_the_number_of_comparisons_count(void **unused)
{
    (void)unused;
    struct made_up m;
    make(&m);
    snprintf(m.set.machine.noise_floor, sizeof m.set.machine.noise_floor,
             "0.9 %% (serial), 6.0 %% (pool on 2)");
    assert_true(machine_noise_floor(&m.set.machine) == 0.06);
    assert_int_equal(pairs_compare(&m.set, &m.rows[1], &m.rows[2], 1), COMPARISON_ALIKE);
    snprintf(m.set.machine.noise_floor, sizeof m.set.machine.noise_floor, "2.1 %%");
    assert_int_equal(pairs_compare(&m.set, &m.rows[1], &m.rows[2], 1), COMPARISON_FASTER);
    assert_int_equal(pairs_compare(&m.set, &m.rows[1], &m.rows[2], (size_t)1 << 60),
                     COMPARISON_ALIKE);
    m.set.machine.noise_floor[0] = '\0';
    assert_true(isnan(machine_noise_floor(&m.set.machine)));
}

static void without_pairs_intervals_have_to_do(void **unused)
{
    (void)unused;
    struct made_up m;
    make(&m);
    m.rows[2].rounds = 5;
    assert_int_equal(pairs_compare(&m.set, &m.rows[1], &m.rows[2], 1), COMPARISON_UNKNOWN);
    m.rows[2].runs = NULL;
    assert_int_equal(pairs_compare(&m.set, &m.rows[1], &m.rows[2], 1), COMPARISON_UNKNOWN);
    assert_int_equal(pairs_or_intervals(&m.set, &m.rows[1], &m.rows[2]), COMPARISON_UNKNOWN);
    m.rows[2].wall_s = (struct estimate){2, 1.5, 2.5};
    assert_int_equal(pairs_or_intervals(&m.set, &m.rows[1], &m.rows[2]), COMPARISON_FASTER);
    assert_int_equal(pairs_or_intervals(&m.set, &m.rows[2], &m.rows[1]), COMPARISON_SLOWER);
}

/* A round that was lost stands there twice; a run that failed, and one of nobody, count nowhere. */
static void runs_come_back_from_their_file(void **unused)
{
    (void)unused;
    struct made_up m;
    struct error error;
    make(&m);
    for (int row = 0; row < 3; row++)
        m.rows[row].runs = NULL;
    assert_int_equal(results_read_pairs(".", &m.set, &error), 0); /* there is no such file */
    assert_null(m.rows[1].runs);
    FILE *file = fopen("runs.csv", "w");
    assert_non_null(file);
    rows_put_header(file, &runs_file);
    snprintf(m.set.machine.host, sizeof m.set.machine.host, "h");
    snprintf(m.set.machine.cpu, sizeof m.set.machine.cpu, "c");
    m.set.machine.cores = m.set.machine.threads = 2;
    for (int i = 0; i < ROUNDS + 2; i++) {
        struct run_record run = {.setup = m.rows[1].setup, .round = i < 1 ? 1 : i};
        run.wall_s = i < 1 ? 99 : wall_of(1, i - 1);
        run.user_s = 1;
        run.sys_s = 0.5;
        run.status = i == 3 ? RUN_FAILED : RUN_OK;
        rows_put(file, &runs_file, &m.set.machine, &run);
    }
    assert_int_equal(fclose(file), 0);
    if (results_read_pairs(".", &m.set, &error) != 0)
        fail_msg("%s", error.text);
    assert_null(m.rows[0].runs);
    assert_non_null(m.rows[1].runs);
    assert_true(m.rows[1].runs[0].wall_s == 1);
    assert_true(isnan(m.rows[1].runs[2].wall_s)); /* round 3 */
    assert_true(fabs(m.rows[1].runs[ROUNDS - 1].wall_s - wall_of(1, ROUNDS - 1)) < 1e-9);
    assert_true(m.rows[1].runs[1].cpu_s == 1.5 && isnan(m.rows[1].runs[1].task_s));
    free(m.rows[1].runs);
    m.rows[1].runs = NULL;
    m.rows[1].rounds = 1000000000; /* which nobody has measured: forty gigabytes */
    assert_int_equal(results_read_pairs(".", &m.set, &error), 0);
    assert_null(m.rows[1].runs);
}

static void outliers_are_named_and_kept(void **unused)
{
    (void)unused;
    struct made_up m;
    char text[FINDING_LENGTH];
    make(&m);
    for (int row = 0; row < 3; row++)
        for (int i = 0; i < ROUNDS; i++)
            m.runs[row][i].wall_s = 1 + 0.01 * i;
    bad_runs_text(&m.set, text);
    assert_string_equal(text, "");
    m.runs[1][2].wall_s = 1.5;
    m.runs[2][7].wall_s = (double)NAN; /* no run is no outlier */
    bad_runs_text(&m.set, text);
    assert_string_equal(text,
                        "fork on 2 in round 3 took 1.5 s (median 1.25 s). They stand out and are "
                        "kept: medians and their intervals tolerate a few.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drift_hides_nothing),
        cmocka_unit_test(the_floor_and_the_number_of_comparisons_count),
        cmocka_unit_test(without_pairs_intervals_have_to_do),
        cmocka_unit_test(outliers_are_named_and_kept),
        cmocka_unit_test_setup_teardown(runs_come_back_from_their_file, scratch_enter,
                                        scratch_leave),
    };
    return cmocka_run_group_tests_name("pairs", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verdicts on made-up benchmarks: what may have a headline, and what may not. */
#include <math.h>
#include <string.h>

#include "harness/measure/judge/verdict.h"
#include "tests/support/cmocka_all.h"

#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-9)

enum { ROUNDS_AT_MOST = 12, CONFIGS = 4 };

/* A benchmark of the activity on 2 cores: serial, pool, openmp and a slow one, on 2 workers. */
struct made_up {
    struct verdict_run runs[CONFIGS][ROUNDS_AT_MOST], again[ROUNDS_AT_MOST];
    struct verdict_config configs[CONFIGS];
    struct verdict_case facts;
};

static struct verdict_run run_of(double wall_s, double cpu_s, double share)
{
    return (struct verdict_run){.wall_s = wall_s,
                                .cpu_s = cpu_s,
                                .task_s = cpu_s / share,
                                .task_cpu_s = cpu_s,
                                .taken_s = (double)NAN};
}

static void make(struct made_up *m, size_t rounds)
{
    static const char *const labels[] = {"serial", "pool", "openmp", "global-lock"};
    static const double wall_s[] = {2, 1.06, 1.061, 2.2}, cpu_s[] = {2, 2.05, 2.05, 2.1};
    for (int k = 0; k < CONFIGS; k++) {
        for (size_t i = 0; i < rounds; i++) {
            double noise = 1 + 0.002 * (double)((i * 5 + (size_t)k * 3) % 7);
            m->runs[k][i] = run_of(wall_s[k] * noise, cpu_s[k], 0.99);
            m->again[i] = run_of(2 * (1 + 0.002 * (double)((i * 3) % 7)), 2, 0.99);
        }
        m->configs[k] = (struct verdict_config){.label = labels[k],
                                                .workers = k == 0 ? 1 : 2,
                                                .right = true,
                                                .ceiling = k == 0 ? 1 : 25.0 / 13,
                                                .runs = m->runs[k]};
    }
    m->configs[0].again = m->again;
    m->facts = (struct verdict_case){
        .configs = m->configs, .count = CONFIGS, .rounds = rounds, .usable = 2, .budget_s = 60};
}

static struct verdict judge(const struct made_up *m)
{
    struct verdict verdict;
    assert_int_equal(verdict_judge(&m->facts, &verdict), 0);
    return verdict;
}

static void a_quiet_benchmark_is_fit_to_post(void **unused)
{
    (void)unused;
    struct made_up m;
    make(&m, 8);
    struct verdict v = judge(&m);
    assert_string_equal(v.text, "fit to post");
    assert_int_equal(v.colour, VERDICT_GREEN);
    assert_true(v.headline);
    assert_string_equal(v.remedy, "");
    assert_int_equal(v.good_rounds, 8);
    assert_int_equal(v.best, 1);
    assert_int_equal(v.compared, 3);
    assert_string_equal(v.alike, "pool and openmp");
    NEAR(v.serial_share, 0.99);
    assert_true(v.floor > 0 && v.floor < 0.02);
    assert_true(v.speedup.low > 1.85 && v.speedup.high < 1.92);
    NEAR(v.estimate, 25.0 / 13 * 2 / 2.05);
}

static void serial_runs_without_their_core_have_no_headline(void **unused)
{
    (void)unused;
    struct made_up m;
    make(&m, 8);
    for (int i = 0; i < 8; i++) /* twice as long for the same CPU time */
        m.runs[0][i] = run_of(4 + 0.01 * i, 2, 0.5);
    struct verdict v = judge(&m);
    assert_int_equal(v.colour, VERDICT_YELLOW);
    assert_false(v.headline);
    assert_non_null(strstr(v.text, "disturbed: the serial runs had 0.50 of a core"));
    assert_non_null(strstr(v.text, "pool seems 3.7"));
    assert_non_null(strstr(v.remedy, "--budget 120"));
    NEAR(v.estimate, 25.0 / 13 * 2 / 2.05); /* CPU time is right all the same */
}

static void no_cpu_time_suggests_more_than_the_cores(void **unused)
{
    (void)unused;
    struct made_up m;
    make(&m, 8);
    m.configs[1].workers = 8; /* counting allows 6.5, and there are 2 cores */
    m.configs[1].ceiling = 6.5;
    NEAR(judge(&m).estimate, 2 * 2 / 2.05);
    for (int i = 0; i < 8; i++)
        m.runs[1][i].cpu_s = 1.9; /* less than the serial runs took */
    NEAR(judge(&m).estimate, 2);
}

static void a_disturbed_round_costs_that_round_only(void **unused)
{
    (void)unused;
    struct made_up m;
    bool good[ROUNDS_AT_MOST];
    make(&m, 8);
    m.runs[0][3] = run_of(9, 2, 0.22);
    m.runs[1][5] = run_of(5, 2.05, 0.2);
    assert_int_equal(verdict_good_rounds(&m.facts, &m.configs[1], good), 6);
    assert_false(good[3] || good[5]);
    assert_int_equal(verdict_good_rounds(&m.facts, &m.configs[2], good), 7);
    struct verdict v = judge(&m);
    assert_int_equal(v.good_rounds, 6);
    assert_true(v.speedup.high < 1.92); /* neither 9/1.06 nor 2/5 is in it */
    assert_true(v.speedup.low > 1.85);
    assert_true(v.headline);
}

static void fewer_than_six_good_rounds_have_no_headline(void **unused)
{
    (void)unused;
    struct made_up m;
    make(&m, 3);
    struct verdict v = judge(&m);
    assert_string_equal(v.text, "disturbed: 3 good rounds of 3, and 6 are needed");
    assert_string_equal(v.remedy, "measure for longer: --budget 160, or --rounds 8");
    assert_false(v.headline);
    make(&m, 7);
    m.runs[1][0].task_cpu_s = m.runs[1][1].task_cpu_s = 0.1;
    assert_string_equal(judge(&m).text, "disturbed: 5 good rounds of 7, and 6 are needed");
}

/* Six are enough for an interval; but figures are medians over all rounds. */
static void good_rounds_are_to_outnumber_the_others(void **unused)
{
    (void)unused;
    struct made_up m;
    make(&m, 10);
    m.facts.count = 2;
    for (int i = 0; i < 3; i++)
        m.runs[1][i] = run_of(1.5, 2.05, 0.7);
    assert_string_equal(judge(&m).text, "fit to post");
    m.runs[1][3] = run_of(1.5, 2.05, 0.7);
    struct verdict v = judge(&m);
    assert_int_equal(v.good_rounds, 6);
    assert_string_equal(v.text, "disturbed: 6 good rounds of 10, and two in three are needed");
    assert_false(v.headline);
}

static void above_the_ceiling_or_the_cores_there_is_no_headline(void **unused)
{
    (void)unused;
    struct made_up m;
    make(&m, 8);
    for (int i = 0; i < 8; i++)
        m.runs[1][i] = run_of(1.01 + 0.0001 * i, 2, 1);
    struct verdict v = judge(&m);
    assert_false(v.headline);
    assert_non_null(strstr(v.text, "where counting allows 1.92"));
    for (int i = 0; i < 8; i++)
        m.runs[1][i] = run_of(0.9 + 0.0001 * i, 2, 1);
    v = judge(&m);
    assert_false(v.headline);
    assert_non_null(strstr(v.text, "on 2 cores"));
    m.configs[1].ceiling = (double)NAN; /* not known: then the cores decide alone */
    assert_non_null(strstr(judge(&m).text, "on 2 cores"));
}

static void what_disturbs_the_machine_comes_first_with_its_remedy(void **unused)
{
    (void)unused;
    struct made_up m;
    make(&m, 8);
    m.facts.disturbed = "others keep 1.0 of 2 CPUs busy";
    m.facts.remedy = "close other programs";
    struct verdict v = judge(&m);
    assert_string_equal(v.text, "disturbed: others keep 1.0 of 2 CPUs busy");
    assert_string_equal(v.remedy, "close other programs, then measure again");
}

static void wrong_results_come_before_all_else(void **unused)
{
    (void)unused;
    struct made_up m;
    make(&m, 8);
    m.facts.disturbed = "others keep 1.0 of 2 CPUs busy";
    for (int k = 1; k < CONFIGS; k++) {
        m.configs[k].right = false;
        m.configs[k].incorrect = true;
    }
    struct verdict v = judge(&m);
    assert_int_equal(v.colour, VERDICT_RED);
    assert_string_equal(v.text, "wrong results: 3 of 4 configurations");
    assert_int_equal(v.best, -1);
    assert_false(v.headline);
    assert_true(isnan(v.speedup.value));
    m.configs[1].incorrect = m.configs[2].incorrect = m.configs[3].incorrect = false;
    assert_string_equal(judge(&m).text, "no result: 3 of 4 configurations failed");
}

/* mpirun will not run for root, say: that is no reason to doubt the others. */
static void one_that_did_not_run_does_not_spoil_the_others(void **unused)
{
    (void)unused;
    struct made_up m;
    make(&m, 8);
    m.configs[3].right = false;
    assert_string_equal(judge(&m).text, "fit to post");
    m.configs[0].right = false; /* but without the serial one there is nothing to compare with */
    assert_int_equal(judge(&m).colour, VERDICT_RED);
}

/* Of two that were measured twice the noisier one is the floor; one that was wrong is none. */
static void the_floor_is_the_larger_one(void **unused)
{
    (void)unused;
    struct made_up m;
    struct verdict_run second[8];
    make(&m, 8);
    for (int i = 0; i < 8; i++)
        second[i] = run_of(m.runs[1][i].wall_s * (i % 2 ? 1.03 : 1 / 1.03), 2.05, 0.99);
    m.configs[1].again = second;
    struct verdict v = judge(&m);
    assert_true(fabs(v.floor - log(1.03)) < 1e-9);
    assert_non_null(strstr(v.floors, " % (serial), 3.0 % (pool on 2)"));
    m.configs[1].right = false;
    assert_true(judge(&m).floor < 0.02);
    m.configs[1].right = true;
    for (int i = 0; i < 8; i++)
        m.again[i] = run_of(m.runs[0][i].wall_s * (i % 2 ? 1.05 : 1 / 1.05), 2, 0.99);
    assert_true(fabs(judge(&m).floor - log(1.05)) < 1e-9);
}

static void waiting_takes_no_core(void **unused)
{
    (void)unused;
    struct made_up m;
    make(&m, 8);
    m.facts.waits = true;
    for (int i = 0; i < 8; i++) {
        m.runs[0][i] = run_of(1.25 + 0.001 * i, 0.001, 0.01);
        m.runs[1][i] = run_of(0.051 + 0.00001 * i, 0.001, 0.01);
    }
    m.configs[0].again = m.runs[0];
    m.configs[1].workers = 25;
    m.configs[1].ceiling = 25;
    struct verdict v = judge(&m);
    assert_string_equal(v.text, "fit to post");
    assert_true(v.speedup.value > 24);
    assert_true(isnan(v.serial_share));
}

static void runs_are_judged_by_what_is_known_of_them(void **unused)
{
    (void)unused;
    struct verdict_run run = run_of(1, 2, 0.9);
    assert_false(verdict_good_run(&run, 2, 2, false));
    assert_true(verdict_good_run(&run, 3, 2, false)); /* more workers than cores share them */
    assert_true(verdict_good_run(&run, 2, 2, true));
    run = run_of(1, 2, 0.96);
    assert_true(verdict_good_run(&run, 2, 2, false));
    run.taken_s = 0.09; /* of 2 worker-seconds */
    assert_true(verdict_good_run(&run, 2, 2, false));
    run.taken_s = 0.11;
    assert_false(verdict_good_run(&run, 2, 2, false));
    run = run_of(1, 2, 0.5); /* half of the time it waited by itself */
    run.taken_s = 0;
    assert_true(verdict_good_run(&run, 2, 2, false));
    run = (struct verdict_run){1, (double)NAN, (double)NAN, (double)NAN, (double)NAN};
    assert_true(verdict_good_run(&run, 2, 2, false));
}

static void linear_only_where_the_interval_says_so(void **unused)
{
    (void)unused;
    assert_int_equal(verdict_linear(&(struct estimate){3.9, 3.81, 3.95}, (double)NAN, 4),
                     LINEAR_YES);
    assert_int_equal(verdict_linear(&(struct estimate){3.9, 3.79, 3.95}, (double)NAN, 4),
                     LINEAR_UNKNOWN);
    assert_int_equal(verdict_linear(&(struct estimate){3.7, 3.6, 3.79}, (double)NAN, 4), LINEAR_NO);
    assert_int_equal(
        verdict_linear(&(struct estimate){3.9, (double)NAN, (double)NAN}, (double)NAN, 4),
        LINEAR_UNKNOWN);
    assert_int_equal(verdict_linear(&(struct estimate){1, 0.99, 1.01}, (double)NAN, 1),
                     LINEAR_UNKNOWN);
    /* What counting does not allow is not linear, whatever was measured. */
    assert_int_equal(verdict_linear(&(struct estimate){3.9, 3.81, 3.95}, 3.57, 4), LINEAR_NO);
    assert_int_equal(verdict_linear(&(struct estimate){3.9, 3.81, 3.95}, 3.9, 4), LINEAR_YES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quiet_benchmark_is_fit_to_post),
        cmocka_unit_test(serial_runs_without_their_core_have_no_headline),
        cmocka_unit_test(no_cpu_time_suggests_more_than_the_cores),
        cmocka_unit_test(a_disturbed_round_costs_that_round_only),
        cmocka_unit_test(fewer_than_six_good_rounds_have_no_headline),
        cmocka_unit_test(good_rounds_are_to_outnumber_the_others),
        cmocka_unit_test(above_the_ceiling_or_the_cores_there_is_no_headline),
        cmocka_unit_test(what_disturbs_the_machine_comes_first_with_its_remedy),
        cmocka_unit_test(wrong_results_come_before_all_else),
        cmocka_unit_test(one_that_did_not_run_does_not_spoil_the_others),
        cmocka_unit_test(the_floor_is_the_larger_one),
        cmocka_unit_test(waiting_takes_no_core),
        cmocka_unit_test(runs_are_judged_by_what_is_known_of_them),
        cmocka_unit_test(linear_only_where_the_interval_says_so),
    };
    return cmocka_run_group_tests_name("verdict", tests, NULL, NULL);
}

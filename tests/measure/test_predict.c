/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The simulation against closed forms, machines in words, and forecasts of made-up runs. */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <string.h>

#include "harness/measure/forecast/predict.h"
#include "tests/support/cmocka_all.h"

#define NEAR(a, b) assert_near((a), (b), __LINE__)

static void assert_near(double a, double b, int line)
{
    if (!(fabs(a - b) <= 1e-9 * fmax(1, fabs(b))))
        fail_msg("line %d: %.12g is not %.12g", line, a, b);
}

enum { TASKS_AT_MOST = 200 };

static void machine(struct machine_model *model, const char *text)
{
    struct error error;
    if (model_of_text(model, "--topology", text, &error) != 0)
        fail_msg("%s", error.text);
}

static void fill(double *task_s, double value)
{
    for (int i = 0; i < TASKS_AT_MOST; i++)
        task_s[i] = value;
}

static void machines_in_words(void **unused)
{
    (void)unused;
    struct machine_model m;
    struct error error;
    machine(&m, "4");
    assert_int_equal(m.count, 4);
    assert_int_equal(m.cores, 4);
    model_destroy(&m);
    machine(&m, "2x32x2");
    assert_int_equal(m.count, 128);
    assert_int_equal(m.cores, 64);
    assert_int_equal(m.places[63].core, 63);
    assert_int_equal(m.places[64].core, 0); /* second threads come last */
    model_destroy(&m);
    machine(&m, "8P+16E");
    assert_int_equal(m.count, 24);
    assert_int_equal(m.speeds.kind[1].cores, 16);
    NEAR(m.places[7].speed, 1);
    NEAR(m.places[8].speed, ASSUMED_SLOW_CORE);
    model_destroy(&m);
    machine(&m, "pack:2 core:4 pu:2");
    assert_int_equal(m.count, 16);
    assert_int_equal(m.cores, 8);
    assert_int_equal(m.speeds.kinds, 1);
    assert_int_equal(m.places[1].core, 1);
    assert_int_equal(m.places[9].core, 1);
    model_destroy(&m);
    char text[64];
    model_synthetic_text("2x32x2", text, sizeof text);
    assert_string_equal(text, "pack:2 core:32 pu:2");
    model_synthetic_text("8P+16E", text, sizeof text);
    assert_string_equal(text, "core:24 pu:1");
    model_synthetic_text("4", text, sizeof text);
    assert_string_equal(text, "core:4 pu:1");
    model_synthetic_text("pack:1 core:4 pu:2", text, sizeof text);
    assert_string_equal(text, "pack:1 core:4 pu:2");
    assert_int_equal(model_of_text(&m, "--topology", "many", &error), -1);
    assert_non_null(strstr(error.text, "--topology: 'many' is no machine"));
    assert_int_equal(model_of_text(&m, "--topology", "0", &error), -1);
    assert_int_equal(model_of_text(&m, "--topology", "4 cores", &error), -1);
}

/* N equal tasks on W workers take ceil(N / W) turns, however they are shared. */
static void equal_tasks_are_exact(void **unused)
{
    (void)unused;
    struct machine_model m;
    double task_s[TASKS_AT_MOST];
    fill(task_s, 0.03);
    machine(&m, "64");
    static const struct strategy_model kinds[] = {
        {.chunk = 1}, {.fixed = true, .chunk = 1}, {.fixed = true, .blocks = true, .chunk = 1}};
    for (int kind = 0; kind < 3; kind++)
        for (int workers = 1; workers <= 64; workers++)
            for (int tasks = 1; tasks <= 100; tasks += 8)
                NEAR(simulate_run(&m, &kinds[kind], task_s, tasks, workers),
                     0.03 * ceil((double)tasks / workers));
    model_destroy(&m);
}

static void costs_are_paid_where_they_arise(void **unused)
{
    (void)unused;
    struct machine_model m;
    double task_s[TASKS_AT_MOST];
    fill(task_s, 1);
    machine(&m, "8");
    struct strategy_model s = {.fixed = true,
                               .chunk = 1,
                               .start_s = 0.5,
                               .start_each_s = 0.1,
                               .handout_s = 0.01,
                               .join_s = 0.2};
    /* The last worker begins at 0.5 + 7 * 0.1, and has 3 tasks with 2 gaps. */
    NEAR(simulate_run(&m, &s, task_s, 24, 8), 1.2 + 3.02 + 0.2);
    s.fixed = false;
    s.chunk = 3; /* the same shares as chunks, and no gap within */
    NEAR(simulate_run(&m, &s, task_s, 24, 8), 1.2 + 3 + 0.2);
    s = (struct strategy_model){.chunk = 1, .one_at_a_time = true};
    NEAR(simulate_run(&m, &s, task_s, 24, 8), 24); /* a lock */
    s = (struct strategy_model){.chunk = 10};
    NEAR(simulate_run(&m, &s, task_s, 24, 8), 10); /* chunks leave workers idle */
    model_destroy(&m);
}

static void uneven_tasks_end_with_the_last(void **unused)
{
    (void)unused;
    struct machine_model m;
    const double task_s[] = {4, 1, 1, 1, 1, 4, 1, 1};
    machine(&m, "2");
    struct strategy_model s = {.chunk = 1};
    /* Worker 0: 4, then the 4 that is next at time 4; worker 1: 1 1 1 1, then 1 1. */
    NEAR(simulate_run(&m, &s, task_s, 8, 2), 8);
    s.fixed = true;
    NEAR(simulate_run(&m, &s, task_s, 8, 2), 7); /* 4 1 1 1 and 1 1 4 1 */
    s.blocks = true;
    NEAR(simulate_run(&m, &s, task_s, 8, 2), 7); /* 4 1 1 1 and 1 4 1 1 */
    model_destroy(&m);
}

static void cores_and_threads_are_shared(void **unused)
{
    (void)unused;
    struct machine_model m;
    double task_s[TASKS_AT_MOST];
    struct strategy_model s = {.fixed = true, .chunk = 1};
    fill(task_s, 1);
    machine(&m, "2");
    NEAR(simulate_run(&m, &s, task_s, 4, 4), 2); /* four take turns on two */
    NEAR(simulate_run(&m, &s, task_s, 3, 3), 2);
    m.quota = 1;
    NEAR(simulate_run(&m, &s, task_s, 4, 2), 4); /* two cores, of which one may be busy */
    model_destroy(&m);
    machine(&m, "1x1x2");
    NEAR(simulate_run(&m, &s, task_s, 2, 2), 2 / (1 + ASSUMED_SECOND_THREAD));
    NEAR(simulate_run(&m, &s, task_s, 2, 1), 2);
    model_destroy(&m);
    machine(&m, "1P+1E");
    NEAR(simulate_run(&m, &s, task_s, 2, 2), 1 / ASSUMED_SLOW_CORE); /* the slow one is late */
    s.fixed = false;
    NEAR(simulate_run(&m, &s, task_s, 3, 2), 2); /* fast: 0-1, 1-2; slow: 0-1.67 */
    model_destroy(&m);
}

static void costs_come_out_of_a_run(void **unused)
{
    (void)unused;
    const struct predict_task two[] = {{0, 0.1, 1.1},   {1, 0.3, 1.3}, {0, 1.15, 2.15},
                                       {1, 1.35, 2.35}, {0, 2.2, 3.2}, {1, 2.4, 3.4}};
    struct strategy_model s;
    assert_int_equal(predict_costs(two, 6, 2, 3.5, false, &s), 0);
    NEAR(s.start_s, 0.1);
    NEAR(s.start_each_s, 0.2);
    NEAR(s.handout_s, 0.05);
    NEAR(s.join_s, 0.1);
    assert_true(s.fixed && !s.blocks);
    const struct predict_task blocks[] = {{0, 0, 1}, {0, 1, 2}, {0, 2, 3}, {1, 0, 1}, {1, 1, 2}};
    predict_costs(blocks, 5, 2, 3, false, &s);
    assert_true(s.fixed && s.blocks);
    const struct predict_task mixed[] = {{0, 0, 1}, {1, 0, 1}, {0, 1, 2}, {0, 2, 3}, {1, 1, 2}};
    predict_costs(mixed, 5, 2, 3, false, &s);
    assert_false(s.fixed);
    predict_costs(mixed, 5, 2, 3, true, &s); /* but if it is known */
    assert_true(s.fixed);
    const struct predict_task one[] = {{0, 0.1, 1}, {0, 1, 2}};
    predict_costs(one, 2, 1, 2, false, &s);
    NEAR(s.start_each_s, 0.1);
    assert_false(s.fixed);
}

/* A run whose times spread by 3 % lies within its band 90 to 98 times of 100. */
static void the_band_holds_single_runs(void **unused)
{
    (void)unused;
    enum { FORECASTS = 2000, ROUNDS = 8 };
    struct machine_model m;
    double task_s[25], walls[ROUNDS];
    struct strategy_model s = {.chunk = 1};
    int held = 0, speedups = 0;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    assert_non_null(rng);
    machine(&m, "2");
    for (int i = 0; i < FORECASTS; i++) {
        for (int k = 0; k < ROUNDS; k++)
            walls[k] = 25 * exp(gsl_ran_gaussian(rng, 0.03));
        double wall = statistics_median(walls, ROUNDS).value;
        for (int k = 0; k < 25; k++)
            task_s[k] = wall / 25;
        const struct predict_walls known = {.serial = walls, .rounds = ROUNDS};
        struct forecast f = predict_run(&m, &s, task_s, 25, 2, &known);
        double run = 13 * exp(gsl_ran_gaussian(rng, 0.03));
        double speedup = 25 * exp(gsl_ran_gaussian(rng, 0.03)) / run;
        held += f.wall_s.low <= run && run <= f.wall_s.high;
        speedups += f.speedup.low <= speedup && speedup <= f.speedup.high;
        NEAR(f.speedup.value, 25.0 / 13);
    }
    if (held < 0.90 * FORECASTS || held > 0.98 * FORECASTS)
        fail_msg("%d of %d wall times", held, FORECASTS);
    if (speedups < 0.90 * FORECASTS || speedups > 0.99 * FORECASTS)
        fail_msg("%d of %d speedups", speedups, FORECASTS);
    gsl_rng_free(rng);
    model_destroy(&m);
}

/* A machine that drifts drifts in both runs of a round; then ratios tell how speedups spread. */
static void ratios_of_a_round_forget_drift(void **unused)
{
    (void)unused;
    enum { FORECASTS = 2000, ROUNDS = 6 };
    struct machine_model m;
    double task_s[TASKS_AT_MOST], walls[ROUNDS], ratios[ROUNDS];
    struct strategy_model s = {.chunk = 1};
    int held = 0;
    double wide = 0, narrow = 0;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    assert_non_null(rng);
    machine(&m, "2");
    fill(task_s, 1);
    for (int i = 0; i < FORECASTS; i++) {
        for (int k = 0; k < ROUNDS; k++) {
            double drift = exp(gsl_ran_gaussian(rng, 0.2));
            walls[k] = 25 * drift;
            ratios[k] = exp(gsl_ran_gaussian(rng, 0.03));
        }
        struct predict_walls known = {walls, ROUNDS, ratios, ROUNDS};
        struct forecast f = predict_run(&m, &s, task_s, 25, 2, &known);
        double speedup = f.speedup.value * exp(gsl_ran_gaussian(rng, 0.03));
        held += f.speedup.low <= speedup && speedup <= f.speedup.high;
        narrow += f.speedup.high / f.speedup.value - 1;
        known.ratio_count = 2; /* too few to tell */
        f = predict_run(&m, &s, task_s, 25, 2, &known);
        wide += f.speedup.high / f.speedup.value - 1;
    }
    if (held < 0.90 * FORECASTS || held > 0.98 * FORECASTS)
        fail_msg("%d of %d speedups", held, FORECASTS);
    assert_true(narrow < wide / 4);
    gsl_rng_free(rng);
    model_destroy(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(machines_in_words),
        cmocka_unit_test(equal_tasks_are_exact),
        cmocka_unit_test(costs_are_paid_where_they_arise),
        cmocka_unit_test(uneven_tasks_end_with_the_last),
        cmocka_unit_test(cores_and_threads_are_shared),
        cmocka_unit_test(costs_come_out_of_a_run),
        cmocka_unit_test(the_band_holds_single_runs),
        cmocka_unit_test(ratios_of_a_round_forget_drift),
    };
    return cmocka_run_group_tests_name("predict", tests, NULL, NULL);
}

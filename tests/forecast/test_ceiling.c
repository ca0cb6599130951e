/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a machine allows: closed forms, and that nothing which is simulated beats it. */
#include <gsl/gsl_rng.h>
#include <math.h>

#include "harness/measure/forecast/simulate.h"
#include "harness/measure/statistics.h"
#include "tests/support/cmocka_all.h"

enum { TASKS_AT_MOST = 100 };

#define NEAR(a, b) assert_near((a), (b), __LINE__)

static void assert_near(double a, double b, int line)
{
    if (!(fabs(a - b) <= 1e-9 * fmax(1, fabs(b))))
        fail_msg("line %d: %.12g is not %.12g", line, a, b);
}

static void machine(struct machine_model *model, const char *text)
{
    struct error error;
    if (model_of_text(model, "--topology", text, &error) != 0)
        fail_msg("%s", error.text);
}

static double equal_tasks(const struct machine_model *model, size_t count, int workers)
{
    double weights[TASKS_AT_MOST];
    for (size_t i = 0; i < count; i++)
        weights[i] = 3;
    return model_ceiling(model, weights, count, workers);
}

/* On cores alike it is the staircase, up to the cores; beyond, workers take turns on them. */
static void alike_cores_have_the_staircase(void **unused)
{
    (void)unused;
    struct machine_model m;
    machine(&m, "16");
    for (int workers = 1; workers <= 16; workers++)
        for (size_t tasks = 1; tasks <= TASKS_AT_MOST; tasks += 3)
            NEAR(equal_tasks(&m, tasks, workers), (double)tasks / ceil((double)tasks / workers));
    NEAR(equal_tasks(&m, 32, 32), 16);
    m.quota = 2.5;
    NEAR(equal_tasks(&m, 16, 16), 2.5);
    NEAR(equal_tasks(&m, 16, 2), 2);
    model_destroy(&m);
}

static void slow_cores_do_what_they_can(void **unused)
{
    (void)unused;
    struct machine_model m;
    machine(&m, "1P+1E");                 /* 1 and 0.6 */
    NEAR(equal_tasks(&m, 3, 2), 1.5);     /* two on the fast one, in which the slow one does one */
    NEAR(equal_tasks(&m, 2, 2), 1.2);     /* one each, 1 / 0.6; both on the fast one take 2 */
    NEAR(equal_tasks(&m, 8, 2), 8.0 / 5); /* 5 and 3 */
    NEAR(equal_tasks(&m, 100, 1), 1);
    model_destroy(&m);
    machine(&m, "4P+4E");
    NEAR(equal_tasks(&m, 64, 4), 4);
    NEAR(equal_tasks(&m, 64, 8), 6.4); /* 10 on each fast one, 6 on each slow one */
    model_destroy(&m);
}

static void a_second_thread_adds_what_it_adds(void **unused)
{
    (void)unused;
    struct machine_model m;
    machine(&m, "1x2x2");
    NEAR(equal_tasks(&m, 2, 2), 2);
    NEAR(equal_tasks(&m, 4, 4), 2.5);  /* 1.25 on each core */
    NEAR(equal_tasks(&m, 10, 4), 2.5); /* five on each, in 4 */
    NEAR(equal_tasks(&m, 1, 4), 1);
    model_destroy(&m);
}

/* Random machines, random tasks, all ways to share: the simulation is never faster. */
static void no_simulation_beats_it(void **unused)
{
    (void)unused;
    static const char *const machines[] = {"3", "2P+3E", "1x3x2", "1P+1E", "2x2x2"};
    double weights[TASKS_AT_MOST];
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    assert_non_null(rng);
    int close = 0, all = 0;
    for (int trial = 0; trial < 2000; trial++) {
        struct machine_model m;
        int tasks = 1 + (int)gsl_rng_uniform_int(rng, 30);
        int workers = 1 + (int)gsl_rng_uniform_int(rng, 8);
        double total = 0;
        machine(&m, machines[trial % 5]);
        m.quota = trial % 4 == 0 ? 1.5 : 0;
        for (int i = 0; i < tasks; i++)
            total += weights[i] = trial % 3 == 0 ? 1 : 0.1 + gsl_rng_uniform(rng);
        double ceiling = model_ceiling(&m, weights, (size_t)tasks, workers);
        const struct strategy_model kinds[] = {
            {.chunk = 1}, {.fixed = true, .chunk = 1}, {.fixed = true, .blocks = true, .chunk = 1}};
        double speedup = total / simulate_run(&m, &kinds[trial % 3], weights, tasks, workers);
        if (!(speedup <= ceiling * (1 + 1e-9)))
            fail_msg("trial %d: %.12g beats %.12g on %s", trial, speedup, ceiling,
                     machines[trial % 5]);
        close += speedup > 0.8 * ceiling;
        all++;
        model_destroy(&m);
    }
    gsl_rng_free(rng);
    assert_true(close > all / 2); /* a ceiling far above everything would be none */
}

static void without_tasks_it_is_not_known(void **unused)
{
    (void)unused;
    struct machine_model m;
    machine(&m, "2");
    assert_true(isnan(model_ceiling(&m, NULL, 0, 2)));
    model_destroy(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alike_cores_have_the_staircase),
        cmocka_unit_test(slow_cores_do_what_they_can),
        cmocka_unit_test(a_second_thread_adds_what_it_adds),
        cmocka_unit_test(no_simulation_beats_it),
        cmocka_unit_test(without_tasks_it_is_not_known),
    };
    return cmocka_run_group_tests_name("ceiling", tests, NULL, NULL);
}

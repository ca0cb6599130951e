/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a benchmark bets on before it measures, and how long that may take. */
#include <stdio.h>

#include "harness/measure/forecast/bet.h"
#include "tests/support/cmocka_all.h"

enum { AT_MOST = 12 };

struct plan {
    struct config configs[AT_MOST];
    struct experiment whole;
};

static void add(struct plan *plan, const char *strategy, int workers)
{
    struct config *config = &plan->configs[plan->whole.config_count++];
    *config = (struct config){.filter = "highpass", .workers = workers};
    snprintf(config->strategy, sizeof config->strategy, "%s", strategy);
    plan->whole.configs = plan->configs;
}

static void assert_chosen(const struct plan *plan, const char *strategy, int workers)
{
    const struct config *config = bet_choose(&plan->whole);
    assert_non_null(config);
    assert_string_equal(config->strategy, strategy);
    assert_int_equal(config->workers, workers);
}

static void pool_is_bet_on_first(void **unused)
{
    (void)unused;
    struct plan plan = {.whole = {.rounds = 0}};
    add(&plan, "serial", 1);
    assert_null(bet_choose(&plan.whole)); /* no more workers */
    add(&plan, "fork", 4);
    add(&plan, "fork", 2);
    assert_chosen(&plan, "fork", 2);
    add(&plan, "openmp", 1);
    add(&plan, "openmp", 2);
    add(&plan, "openmp", 4);
    assert_chosen(&plan, "openmp", 1);
    add(&plan, "pool", 4);
    assert_chosen(&plan, "openmp", 1); /* one number of workers is no sweep */
    add(&plan, "pool", 2);
    assert_chosen(&plan, "pool", 2);
}

static void some_benchmarks_have_no_bet(void **unused)
{
    (void)unused;
    struct plan plan = {.whole = {.rounds = 6}};
    char *command[] = {"true", NULL};
    add(&plan, "serial", 1);
    add(&plan, "blas", 1);
    add(&plan, "blas", 2);
    assert_null(bet_choose(&plan.whole)); /* a library's threads share every task */
    add(&plan, "pool", 1);
    add(&plan, "pool", 2);
    assert_chosen(&plan, "pool", 1);
    plan.whole.rounds = 5;
    assert_null(bet_choose(&plan.whole));
    plan.whole.rounds = 0;
    plan.whole.command = command;
    assert_null(bet_choose(&plan.whole));
}

static void a_bet_takes_a_part_of_the_time(void **unused)
{
    (void)unused;
    assert_true(bet_budget_s(60) == 4.5);
    assert_true(bet_budget_s(1e9) == 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pool_is_bet_on_first),
        cmocka_unit_test(some_benchmarks_have_no_bet),
        cmocka_unit_test(a_bet_takes_a_part_of_the_time),
    };
    return cmocka_run_group_tests_name("bet", tests, NULL, NULL);
}

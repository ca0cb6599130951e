/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans for machines that hwloc imagines, with made-up costs. */
#include <math.h>
#include <string.h>

#include "harness/machine/topology.h"
#include "harness/measure/forecast/plan.h"
#include "tests/support/cmocka_all.h"

#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-9)

static void only_one_strategy_goes_through_all_numbers_of_workers(void **unused)
{
    (void)unused;
    assert_true(plan_wants("pool", "pool", 2, 8, false));
    assert_true(plan_wants("fork", "pool", 8, 8, false));
    assert_false(plan_wants("fork", "pool", 2, 8, false));
    assert_true(plan_wants("fork", "pool", 2, 8, true)); /* asked for */
    assert_false(plan_wants("fork", NULL, 2, 8, false));
}

static void a_run_takes_what_counting_says(void **unused)
{
    (void)unused;
    NEAR(plan_run_s(25, 0.1, 25, 2, 2, false), 13.1);
    NEAR(plan_run_s(25, 0.1, 25, 4, 2, false), 12.6); /* no more than the cores */
    NEAR(plan_run_s(25, 0.1, 25, 25, 2, true), 1.1);  /* waiting takes none */
    NEAR(plan_run_s(25, 0.1, 25, 1, 2, false), 25.1);
}

enum { CONFIGS_AT_MOST = 64, SECTIONS = 5 };

struct lesson {
    struct plan_config configs[SECTIONS][CONFIGS_AT_MOST];
    struct plan_section sections[SECTIONS];
    int images[SECTIONS];
};

/* The five sections with today's costs: activity, files, blas, threads, wait. */
static void make(struct lesson *lesson, const char *machine, double slowness)
{
    static const char *const names[] = {"activity", "files", "blas", "threads", "wait"};
    static const double serial_s[] = {0.8, 1.2, 0.9, 0.4, 0.5};
    static const int images[] = {25, 12, 12, 12, 25}, strategies[] = {6, 5, 4, 4, 3};
    struct topology topology;
    struct error error;
    int workers[16];
    if (topology_load(&topology, machine, &error) != 0)
        fail_msg("%s", error.text);
    int numbers = topology_sweep(&topology, workers, 16), most = workers[numbers - 1];
    memset(lesson, 0, sizeof *lesson);
    for (int k = 0; k < SECTIONS; k++) {
        struct plan_section *section = &lesson->sections[k];
        double serial = serial_s[k] * slowness;
        bool waits = strcmp(names[k], "wait") == 0;
        section->name = names[k];
        section->configs = lesson->configs[k];
        section->images = lesson->images[k] = images[k];
        section->images_at_least = 4;
        section->fixed_s = 1;
        lesson->configs[k][section->count++] =
            (struct plan_config){serial, 0.06, true, true, false};
        for (int s = 0; s < strategies[k]; s++)
            for (int w = 0; w < numbers; w++)
                if (plan_wants(s == 0 ? "pool" : "other", "pool", workers[w], most, false))
                    lesson->configs[k][section->count++] = (struct plan_config){
                        plan_run_s(serial, 0, images[k], workers[w], topology.cores, waits), 0.06,
                        false, s == 0 && w + 1 == numbers, false};
    }
    topology_destroy(&topology);
}

static double sum_of(const struct lesson *lesson)
{
    double sum = 0;
    for (int k = 0; k < SECTIONS; k++)
        sum += lesson->sections[k].seconds;
    return sum;
}

static void every_section_gets_its_intervals_within_four_minutes(void **unused)
{
    (void)unused;
    static const char *const machines[] = {
        "core:1 pu:1",  "core:2 pu:1",        "core:4 pu:1",         "core:8 pu:2",
        "core:24 pu:1", "pack:2 core:8 pu:1", "pack:2 core:32 pu:2", "core:64 pu:1"};
    for (size_t i = 0; i < sizeof machines / sizeof machines[0]; i++) {
        struct lesson lesson;
        make(&lesson, machines[i], 1);
        double seconds = plan_make(lesson.sections, SECTIONS, 240, PLAN_ROUNDS_WANTED);
        NEAR(seconds, sum_of(&lesson));
        if (seconds > 240)
            fail_msg("%s: %.0f s", machines[i], seconds);
        for (int k = 0; k < SECTIONS; k++) {
            assert_true(lesson.sections[k].rounds >= PLAN_ROUNDS_AT_LEAST);
            assert_int_equal(lesson.sections[k].images, lesson.images[k]); /* nothing is cut */
        }
    }
}

/* Three to ten times slower: images are cut, then configurations, never the rounds. */
static void slow_machines_get_fewer_images_and_then_fewer_runs(void **unused)
{
    (void)unused;
    static const double slowness[] = {3, 6, 10};
    for (int i = 0; i < 3; i++) {
        struct lesson lesson;
        make(&lesson, "core:2 pu:1", slowness[i]);
        double seconds = plan_make(lesson.sections, SECTIONS, 240, PLAN_ROUNDS_WANTED);
        if (seconds > 240)
            fail_msg("%.0f times slower: %.0f s", slowness[i], seconds);
        for (int k = 0; k < SECTIONS; k++) {
            assert_true(lesson.sections[k].rounds >= PLAN_ROUNDS_AT_LEAST);
            assert_true(lesson.sections[k].images >= 4);
            assert_false(lesson.configs[k][0].cut);
        }
    }
}

/* One serial run of 10 s and one of 5 s on two workers, images fixed: nothing can be cut. */
static void a_budget_that_is_far_too_short_costs_rounds(void **unused)
{
    (void)unused;
    struct plan_config configs[] = {{10, 0, true, true, false}, {5, 0, true, false, false}};
    struct plan_section section = {
        .name = "one", .configs = configs, .count = 2, .images = 25, .images_at_least = 25};
    /* A reference of 10 s, and rounds of 25 s, one of them watched. */
    NEAR(plan_make(&section, 1, 300, 25), 285);
    assert_int_equal(section.rounds, 10);
    NEAR(plan_make(&section, 1, 130, 25), 185); /* six rounds within one and a half times 130 */
    assert_int_equal(section.rounds, 6);
    NEAR(plan_make(&section, 1, 100, 25), 135);
    assert_int_equal(section.rounds, 4);
    NEAR(plan_make(&section, 1, 1, 25), 60); /* fewer than one are not possible */
    assert_int_equal(section.rounds, 1);
    NEAR(plan_make(&section, 1, 1000, 3), 110); /* asked for three */
    assert_int_equal(section.rounds, 3);
}

static void what_was_cut_is_said(void **unused)
{
    (void)unused;
    char text[PLAN_TEXT];
    struct plan_config configs[] = {
        {10, 0, true, true, false}, {5, 0, false, false, false}, {6, 0, false, false, false}};
    struct plan_section section = {
        .name = "one", .configs = configs, .count = 3, .images = 20, .images_at_least = 10};
    plan_make(&section, 1, 1000, 8);
    plan_text(&section, 20, text);
    assert_string_equal(text, "8 rounds of 4 runs, 4:49"); /* 10 + 9 * 31 */
    plan_make(&section, 1, 95, 8); /* half the images: 5 + 7 * 15.5, without 3 s: 92.5 */
    plan_text(&section, 20, text);
    assert_string_equal(text, "6 rounds of 3 runs, 1:33; for lack of time 10 images instead of 20; "
                              "without the 1 longest");
    assert_true(configs[2].cut);
    assert_false(configs[1].cut);
}

/* Nothing can be compared with nothing. */
static void one_beside_the_serial_one_stays(void **unused)
{
    (void)unused;
    struct plan_config configs[] = {
        {10, 0, true, true, false}, {5, 0, false, false, false}, {6, 0, false, false, false}};
    struct plan_section section = {
        .name = "one", .configs = configs, .count = 3, .images = 4, .images_at_least = 4};
    plan_make(&section, 1, 1, 8);
    assert_true(configs[2].cut);
    assert_false(configs[1].cut);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_one_strategy_goes_through_all_numbers_of_workers),
        cmocka_unit_test(a_run_takes_what_counting_says),
        cmocka_unit_test(every_section_gets_its_intervals_within_four_minutes),
        cmocka_unit_test(slow_machines_get_fewer_images_and_then_fewer_runs),
        cmocka_unit_test(a_budget_that_is_far_too_short_costs_rounds),
        cmocka_unit_test(what_was_cut_is_said),
        cmocka_unit_test(one_beside_the_serial_one_stays),
    };
    return cmocka_run_group_tests_name("plan", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forecasts from a result that was made by hand, so that each can be worked out by hand. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/report/forecast/prediction.h"
#include "harness/results/results.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"

enum { TASKS = 6, ROUNDS = 3 };

static struct setup setup_of(const char *strategy)
{
    struct setup setup = {.config = {.filter = "highpass", .workers = 1},
                          .ny = 10,
                          .nx = 10,
                          .images = TASKS,
                          .tasks = TASKS,
                          .latency_s = (double)NAN};
    setup.config.parameters.window = 3;
    snprintf(setup.config.strategy, sizeof setup.config.strategy, "%s", strategy);
    return setup;
}

/* Tasks of a second each on one worker, `gap` seconds between them, the first one after `start`. */
static void fill(struct summary *summary, const char *strategy, double start, double gap)
{
    summary->setup = setup_of(strategy);
    summary->rounds = ROUNDS;
    summary->trace = calloc(TASKS, sizeof *summary->trace);
    assert_non_null(summary->trace);
    for (int i = 0; i < TASKS; i++) {
        double at = start + i * (1 + gap);
        summary->trace[i] = (struct task_time){0, at, at + 1, 1, 0, 0};
    }
    double wall_s = summary->trace[TASKS - 1].end_s;
    summary->wall_s = (struct estimate){wall_s, wall_s, wall_s};
    summary->speedup = (struct estimate){6 / wall_s, 6 / wall_s, 6 / wall_s};
}

static void write_rounds(int last)
{
    struct results results;
    struct result_set set = {.machine = {.host = "h", .cpu = "c", .cores = 1, .threads = 1}};
    struct error error;
    if (result_set_create(&set, 2, &error) != 0 ||
        results_open(&results, ".", &set.machine, &error) != 0)
        fail_msg("%s", error.text);
    fill(&set.summaries[0], "serial", 0, 0);
    fill(&set.summaries[1], "pool", 0.25, 0.5);
    for (int round = 1; round <= ROUNDS; round++) {
        struct run_record run = {
            .setup = setup_of("serial"), .round = round < ROUNDS ? round : last, .wall_s = 6};
        assert_int_equal(results_add_run(&results, &run, &error), 0);
    }
    if (results_commit(&results, &set, &error) != 0)
        fail_msg("%s", error.text);
    result_set_destroy(&set);
}

static void write_result(void)
{
    write_rounds(ROUNDS);
}

static char *forecast(const char *machine, const int *workers, int count)
{
    struct machine_model model;
    struct error error;
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    if (model_of_text(&model, "--topology", machine, &error) != 0 ||
        prediction_print(".", &model, workers, count, stream, &error) != 0)
        fail_msg("%s", error.text);
    fclose(stream);
    model_destroy(&model);
    return text;
}

static void assert_has(const char *text, const char *wanted)
{
    if (!strstr(text, wanted))
        fail_msg("no \"%s\" in:\n%s", wanted, text);
}

static void each_row_can_be_worked_out(void **unused)
{
    (void)unused;
    write_result();
    char *text = forecast("4", (const int[]){1, 2, 3}, 3);
    assert_has(text, "Forecast for 4 cores. ");
    /* As it was: 0.25 + 6 + 5 * 0.5. The band: three rounds that are alike spread by 1 %, t of two
     * degrees of freedom is 4.30, sqrt(1 + 1/3) is 1.155: 5.1 %. */
    assert_has(text, "pool                       1  8.75 (8.33-9.2)       0.69 (0.64-0.74)       "
                     "0.69\n");
    /* The second worker begins at 0.5, and has three tasks with two gaps. */
    assert_has(text, "pool                       2  4.5 (4.28-4.73)       1.33 (1.24-1.43)\n");
    /* The third one begins at 0.75: two tasks each. */
    assert_has(text, "pool                       3  3.25 (");
    assert_null(strstr(text, "serial   "));
    free(text);
}

static void slow_cores_are_said_to_be_assumed(void **unused)
{
    (void)unused;
    write_result();
    char *text = forecast("1P+2E", (const int[]){1}, 1);
    assert_has(text, "Forecast for 1 fast core and 2 at 60 % of their speed (assumed). In");
    free(text);
    text = forecast("1x2x2", (const int[]){1}, 1);
    assert_has(text, "Forecast for 2 cores; the second thread of a core adds 25 % (assumed). In");
    free(text);
}

static void what_is_missing_is_named(void **unused)
{
    (void)unused;
    struct machine_model model;
    struct error error;
    assert_int_equal(model_of_text(&model, "", "2", &error), 0);
    assert_int_equal(prediction_print("nowhere", &model, (const int[]){1}, 1, stdout, &error), -1);
    assert_non_null(strstr(error.text, "nowhere/summary.csv: "));
    model_destroy(&model);
}

/* A result of somebody else's: it took eight gigabytes and minutes. */
static void a_round_that_cannot_be_is_refused(void **unused)
{
    (void)unused;
    struct machine_model model;
    struct error error;
    write_rounds(1000000000);
    assert_int_equal(model_of_text(&model, "", "2", &error), 0);
    assert_int_equal(prediction_print(".", &model, (const int[]){1}, 1, stdout, &error), -1);
    assert_string_equal(error.text,
                        ".: runs.csv: row 3 is of round 1000000000, and there are 3 rows");
    model_destroy(&model);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        TEST(each_row_can_be_worked_out),
        TEST(slow_cores_are_said_to_be_assumed),
        TEST(what_is_missing_is_named),
        TEST(a_round_that_cannot_be_is_refused),
    };
    return cmocka_run_group_tests_name("prediction", tests, NULL, NULL);
}

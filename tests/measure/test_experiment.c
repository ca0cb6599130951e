/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose fault it is that a result was not found right: the run's, or ours. This program, started anew,
 * does the runs. */
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/measure/experiment/state.h"
#include "harness/measure/run/isolated_run.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"

/* A task copies a file; `compare` judges the copy. `rounds`: 0, as many as are enough. */
static int copy_in_rounds(int rounds, result_compare *compare, const struct observer *observer,
                          struct result_set *set, struct error *error)
{
    static char copy[] = "cp", file[] = "{}", from[] = "in", to[] = "made";
    static char *const command[] = {copy, file, to, NULL}, *const files[] = {from};
    struct config configs[2] = {{.strategy = "serial"}, {.strategy = "pool"}};
    struct image image = {1, 1, &(double){0}};
    struct result_files results;
    struct error ignored;
    char **paths = calloc(1, sizeof *paths);
    assert_non_null(paths);
    assert_non_null(paths[0] = strdup(to));
    for (int i = 0; i < 2; i++) {
        snprintf(configs[i].filter, sizeof configs[i].filter, "command");
        configs[i].workers = 1;
        configs[i].io = IO_FILES;
        configs[i].bind = BIND_NONE;
        configs[i].parameters.window = 1;
    }
    scratch_write(from, "x", 1);
    assert_int_equal(result_files_create(&results, paths, 1, true, ".", error), 0);
    const struct experiment experiment = {.configs = configs,
                                          .config_count = 2,
                                          .images = &image,
                                          .image_count = 1,
                                          .files = files,
                                          .rounds = rounds,
                                          .rounds_at_most = 6,
                                          .budget_s = 1e6,
                                          .directory = ".",
                                          .command = command,
                                          .unwatched = true,
                                          .results = &results,
                                          .compare = compare};
    *set = (struct result_set){.machine.warnings.silent = true};
    int failed = experiment_run(&experiment, observer, set, error);
    assert_int_equal(result_files_finish(&results, &ignored), 0);
    return failed;
}

static int copy_and(result_compare *compare, struct result_set *set, struct error *error)
{
    return copy_in_rounds(1, compare, &(struct observer){.context = NULL}, set, error);
}

static int same(void *context, const char *reference, const char *result, struct error *error)
{
    (void)context, (void)reference, (void)result, (void)error;
    errno = ENOMEM; /* of something else, that went well in the end */
    return 0;
}

static int other(void *context, const char *reference, const char *result, struct error *error)
{
    (void)context, (void)reference;
    return error_set(error, result, "is another");
}

static int cannot_look(void *context, const char *reference, const char *result,
                       struct error *error)
{
    (void)context, (void)reference;
    errno = EMFILE;
    return error_system(error, result, "cannot be read", EMFILE);
}

static void results_are_right_or_wrong(void **state)
{
    (void)state;
    struct result_set set;
    struct error error = {""};
    if (copy_and(same, &set, &error) != 0)
        fail_msg("%s", error.text);
    assert_int_equal(set.summaries[1].status, RUN_OK);
    result_set_destroy(&set);
    if (copy_and(other, &set, &error) != 0)
        fail_msg("%s", error.text);
    assert_int_equal(set.summaries[0].status, RUN_WRONG);
    assert_int_equal(set.summaries[1].status, RUN_WRONG);
    result_set_destroy(&set);
}

static void what_we_lack_makes_no_result_wrong(void **state)
{
    (void)state;
    struct result_set set;
    struct error error = {""};
    assert_int_equal(copy_and(cannot_look, &set, &error), -1);
    assert_string_equal(error.text, "task 0: made: cannot be read: Too many open files");
}

#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-9)

/* 256 programs to start: 18 s beside fifteen others on two cores, and right. */
static void many_workers_have_more_time(void **state)
{
    (void)state;
    NEAR(run_limit_s(0, 3, 1), 40.25);
    NEAR(run_limit_s(0, 0.001, 256), 74.01);
    NEAR(run_limit_s(7, 3, 256), 7);
}

/* What an observer has heard. */
struct heard {
    int rounds, runs, left_out;
    int done[20]; /* each time */
};

static int note_run(void *context, const struct run_record *run, struct error *error)
{
    struct heard *heard = context;
    (void)error;
    assert_int_equal(run->round, heard->rounds ? heard->done[heard->rounds - 1] + 1 : 1);
    heard->runs++;
    return 0;
}

static int note_round(void *context, int done, struct error *error)
{
    struct heard *heard = context;
    (void)error;
    assert_true(heard->rounds < 20);
    heard->done[heard->rounds++] = done;
    return 0;
}

/* The first, and the third. */
static bool was_disturbed(void *context)
{
    const struct heard *heard = context;
    return heard->rounds == 1 || heard->rounds == 3;
}

static void note_left_out(void *context)
{
    struct heard *heard = context;
    heard->left_out++;
    heard->done[heard->rounds - 1]--;
}

static void what_others_disturb_is_measured_again(void **state)
{
    (void)state;
    struct result_set set;
    struct error error = {""};
    struct heard heard = {.rounds = 0};
    const struct observer observer = {.context = &heard,
                                      .run = note_run,
                                      .round = note_round,
                                      .disturbed = was_disturbed,
                                      .left_out = note_left_out};
    if (copy_in_rounds(0, same, &observer, &set, &error) != 0)
        fail_msg("%s", error.text);
    assert_int_equal(set.summaries[1].rounds, 6);
    assert_int_equal(heard.rounds, 8);
    assert_int_equal(heard.left_out, 2);
    assert_int_equal(heard.runs, 2 * 8);
    assert_int_equal(heard.done[7], 6);
    assert_string_equal(set.machine.warnings.text[0],
                        "2 rounds, which others disturbed, were measured again and left out: the "
                        "results are of the 6 that remain");
    result_set_destroy(&set);

    /* So many were asked for. */
    heard = (struct heard){.rounds = 0};
    if (copy_in_rounds(4, same, &observer, &set, &error) != 0)
        fail_msg("%s", error.text);
    assert_int_equal(heard.rounds, 4);
    assert_int_equal(heard.left_out, 0);
    result_set_destroy(&set);
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], ISOLATED_RUN_ARGUMENT) == 0)
        return isolated_run(argv[2]);
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        TEST(results_are_right_or_wrong),
        TEST(what_we_lack_makes_no_result_wrong),
        cmocka_unit_test(many_workers_have_more_time),
        TEST(what_others_disturb_is_measured_again),
    };
    return cmocka_run_group_tests_name("experiment", tests, NULL, NULL);
}

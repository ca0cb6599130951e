/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever a strategy does wrong (broken_strategies.c) is found out, said, and survived. */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"
#include "tests/support/table.h"

static const char *broken_path(void)
{
    const char *path = getenv("SPEEDUP_BROKEN");
    if (!path || access(path, X_OK) != 0)
        fail_msg("SPEEDUP_BROKEN is not set to the program; run `make test`");
    return path;
}

static void broken_strategies_are_found_out(void **unused)
{
    (void)unused;
    static const struct {
        const char *strategy, *status, *why;
    } cases[] = {
        {"wrong-pixel", "wrong", "image 3: pixel (19, 29) differs from the serial result"},
        {"skips-a-task", "wrong", "task 3: was run 0 times instead of once"},
        {"runs-a-task-twice", "wrong", "task 0: was run 2 times instead of once"},
        {"loses-results", "wrong", "image 0: pixel (0, 0) was never written"},
        {"crashes", "crashed", "killed by signal 11"},
        {"leaves-early", "failed", "ended early with exit status 3"},
        {"hangs", "timeout", "killed after 5 s"},
        {"leaves-a-process", "failed", "left processes behind: nobody has waited for them"},
        {"forgets-to-wait", "failed",
         "returned before task 0 was begun: a join or wait is missing"},
        {"leaves-a-zombie", "failed", "left a process that has ended: nobody has waited for it"},
        {"crashes-at-the-end", "crashed", "a child process was killed by signal 11"},
        {"returns-twice", "failed", "a child process returned from the strategy"},
        {"begins-in-start", "failed", "began task 0 in start(): tasks are to run in run()"},
        {"invents-a-worker", "failed", "used a nonexistent worker number"},
        {"invents-a-task", "failed", "ran a nonexistent task"},
        {"gives-up", "failed", "out of ideas"},
        {"goes-on", "failed", "goes-on with 2 workers: has failed and goes on: lost heart\n"},
        {"goes-on", "failed", "goes-on with 2 workers: failed: lost heart\n"},
    };
    struct table summary;
    size_t count;
    char all[300] = "fork";
    for (size_t i = 0; i + 1 < sizeof cases / sizeof cases[0]; i++)
        snprintf(all + strlen(all), sizeof all - strlen(all), ",%s", cases[i].strategy);
    struct outcome outcome = run_program((const char *const[]){
        broken_path(), "bench", "--images", "4", "--size", "20x30", "--window", "5", "--rounds",
        "2", "--workers", "2", "--timeout", "5", "--strategies", all, "--out", "r", NULL});
    assert_int_equal(outcome.code, 1);
    assert_non_null(strstr(outcome.err, "speedup: bench: 17 of 19 configurations"));
    summary = table_load("r/summary.csv");
    char *settings = scratch_read("r/settings.gp", &count);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t row = table_find(&summary, cases[i].strategy, 2);
        assert_string_equal(table_field(&summary, row, "status"), cases[i].status);
        assert_string_equal(table_field(&summary, row, "speedup"), "");
        if (!strstr(outcome.err, cases[i].why))
            fail_msg("%s: nothing about '%s' in: %s", cases[i].strategy, cases[i].why, outcome.err);
        assert_null(strstr(settings, cases[i].strategy)); /* in no graph */
    }
    assert_non_null(strstr(settings, "speedup_name_1 = \"serial\"\nspeedup_name_2 = \"fork\"\n"));
    assert_string_equal(table_field(&summary, table_find(&summary, "fork", 2), "status"), "ok");
    free(settings);
    table_free(&summary);
    outcome_free(&outcome);
}

/* True while a process holds a lock on the file. */
static bool is_held(const char *path)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int file = open(path, O_RDWR);
    assert_true(file >= 0);
    assert_int_equal(fcntl(file, F_GETLK, &lock), 0);
    close(file);
    return lock.l_type != F_UNLCK;
}

static void what_is_left_behind_is_killed(void **unused)
{
    (void)unused;
    struct outcome outcome = run_program((const char *const[]){
        broken_path(), "bench", "--images", "2", "--size", "20x30", "--window", "5", "--rounds",
        "1", "--strategies", "leaves-a-process", "--workers", "1", "--out", "r", NULL});
    assert_int_equal(outcome.code, 1);
    outcome_free(&outcome);
    for (int i = 0; i < 1000 && is_held("left-behind"); i++)
        usleep(10000); /* a process takes a moment to go */
    assert_false(is_held("left-behind"));
}

static void results_of_an_earlier_run_do_not_count(void **unused)
{
    (void)unused;
    struct table summary;
    struct outcome outcome = run_program((const char *const[]){
        broken_path(), "bench", "--images", "2", "--size", "20x30", "--window", "5", "--rounds",
        "1", "--io", "files", "--strategies", "fork,claims", "--workers", "1", "--out", "r", NULL});
    assert_int_equal(outcome.code, 1);
    assert_non_null(strstr(outcome.err, "claims with 1 worker: wrong: "));
    outcome_free(&outcome);
    summary = table_load("r/summary.csv");
    assert_string_equal(table_field(&summary, table_find(&summary, "claims", 1), "status"),
                        "wrong");
    assert_string_equal(table_field(&summary, table_find(&summary, "fork", 1), "status"), "ok");
    table_free(&summary);
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(broken_strategies_are_found_out),
        IN_SCRATCH(what_is_left_behind_is_killed),
        IN_SCRATCH(results_of_an_earlier_run_do_not_count),
    };
    return cmocka_run_group_tests_name("broken strategies", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `bench --resume`: a benchmark that was killed or interrupted goes on, and its result is that of all
 * rounds; what is not the same benchmark any more is refused. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/background.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"
#include "tests/support/table.h"

#define BENCH                                                                                      \
    "bench", "--tasks", "1", "--strategies", "pool", "--workers", "2", "--rounds", "3", "--out", "r"

/* The command is run alone, as the reference, and then twice in a round. The eighth time, in the second
 * half of the third round, it takes a minute; `number` comes then. */
static void stop_in_the_third_round(int number)
{
    background_write_slow("echo x >>times\n[ $(wc -l <times) -eq 8 ] || exit 0");
    pid_t child =
        background_start((const char *const[]){speedup_path(), BENCH, "--", "./slow", NULL});
    pid_t slow = background_slow();
    kill(child, number);
    assert_int_equal(background_end(child), 128 + number);
    background_assert_ends(slow);
    assert_true(background_is_there("r/rounds.unfinished"));
}

static char *text_of(const char *path)
{
    size_t count;
    return scratch_read(path, &count);
}

static void assert_in(const char *path, const char *what, bool expected)
{
    char *text = text_of(path);
    if ((strstr(text, what) != NULL) != expected)
        fail_msg("'%s' is%s in %s: %s", what, expected ? " not" : "", path, text);
    free(text);
}

static void assert_three_rounds(void)
{
    struct table runs = table_load("r/runs.csv"), summary = table_load("r/summary.csv"),
                 trace = table_load("r/trace.csv"), losses = table_load("r/losses.csv");
    assert_int_equal(runs.rows, 6);
    for (size_t row = 0; row < runs.rows; row++) {
        assert_true(table_value(&runs, row, "round") == (double)(row / 2 + 1));
        assert_string_equal(table_field(&runs, row, "status"), "ok");
    }
    assert_int_equal(summary.rows, 2);
    assert_true(table_value(&summary, 0, "rounds") == 3 && table_value(&summary, 1, "rounds") == 3);
    assert_int_equal(trace.rows, 2);
    assert_int_equal(losses.rows, 2);

    /* The median is that of old and new runs. */
    double wall[3];
    int count = 0;
    for (size_t row = 0; row < runs.rows; row++)
        if (strcmp(table_field(&runs, row, "strategy"), "pool") == 0)
            wall[count++] = table_value(&runs, row, "wall_s");
    assert_int_equal(count, 3);
    for (int i = 0; i < 3; i++)
        for (int k = i + 1; k < 3; k++)
            if (wall[k] < wall[i]) {
                double larger = wall[i];
                wall[i] = wall[k];
                wall[k] = larger;
            }
    size_t pool = table_find(&summary, "pool", 2);
    assert_true(table_value(&summary, pool, "wall_median_s") == wall[1]);
    table_free(&runs);
    table_free(&summary);
    table_free(&trace);
    table_free(&losses);
}

/* Runs it with these arguments, and what it says goes to the files as well. */
static void resume(const char *const *arguments, int code)
{
    struct outcome outcome = run_program(arguments);
    scratch_write("out", outcome.out, strlen(outcome.out));
    scratch_write("err", outcome.err, strlen(outcome.err));
    if (outcome.code != code)
        fail_msg("exit code %d: %s", outcome.code, outcome.err);
    outcome_free(&outcome);
}

#define RESUME(code, ...)                                                                          \
    resume((const char *const[]){speedup_path(), "bench", "--resume", __VA_ARGS__, NULL}, code)

static void a_killed_one_goes_on(void **state)
{
    (void)state;
    stop_in_the_third_round(SIGKILL);
    char *before = text_of("r/runs.csv");
    FILE *file = fopen("r/runs.csv", "a");
    assert_non_null(file);
    fprintf(file, "1,here,An Exam"); /* half a line, as of one that was killed while it wrote */
    assert_int_equal(fclose(file), 0);

    /* The same command line once more, with --resume, is as good as --resume alone. */
    RESUME(0, "r", "--tasks", "1", "--strategies", "pool", "--workers", "2", "--rounds", "3",
           "--out", "r", "--", "./slow");
    background_assert_said("speedup: r/runs.csv: its last line was half-written, and is dropped\n");
    background_assert_said("speedup: r/runs.csv: 1 run of the round under way is dropped: it is "
                           "measured again\n");
    background_assert_said("speedup: warning: resumed after 2 whole rounds, the last of which had "
                           "been measured ");
    assert_three_rounds();
    char *after = text_of("r/runs.csv");
    char *third = strrchr(before, '\n'); /* the row that was dropped begins before its end */
    *third = '\0';
    *(strrchr(before, '\n') + 1) = '\0';
    assert_int_equal(strncmp(before, after, strlen(before)), 0);
    free(before);
    free(after);
    assert_in("r/machine.txt", "warning          resumed after 2 whole rounds", true);
    assert_in("r/machine.txt", "; from round 3 on with seed ", true);
    assert_in("r/report.md", "resumed after 2 whole rounds", true);
    assert_in("r/machine.txt", "bench --tasks 1 --strategies pool", true);
    assert_false(background_is_there("r/rounds.unfinished"));
    assert_speedup_says(1, "--resume: the benchmark in r is complete", "bench", "--resume", "r");
}

static void an_interrupted_one_goes_on(void **state)
{
    (void)state;
    stop_in_the_third_round(SIGINT);
    background_assert_said("what was measured is in r; `speedup bench --resume r` goes on\n");
    assert_in("r/machine.txt", "interrupted after 2 whole rounds", true);
    RESUME(0, "r");
    assert_three_rounds();
    assert_in("r/machine.txt", "interrupted", false);
    assert_in("r/machine.txt", "resumed after 2 whole rounds", true);
}

static void replace(const char *path, const char *old, const char *new)
{
    char *text = text_of(path), *at = strstr(text, old);
    assert_non_null(at);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "%.*s%s%s", (int)(at - text), text, new, at + strlen(old));
    assert_int_equal(fclose(file), 0);
    free(text);
}

static void another_benchmark_is_refused(void **state)
{
    (void)state;
    stop_in_the_third_round(SIGKILL);
    char *before = text_of("r/runs.csv");
    assert_speedup_says(2,
                        "--workers: is 1,2, but 2 in the benchmark in r; leave it out to go on, or "
                        "begin anew without --resume",
                        "bench", "--resume", "r", "--workers", "1,2");
    assert_speedup_says(
        2,
        "--bind: the benchmark in r was begun without it; leave it out to go on, or "
        "begin anew without --resume",
        "bench", "--resume", "r", "--bind", "none");
    assert_speedup_says(
        2,
        "./other: the benchmark in r was begun with other files or another command; "
        "give none to go on with these",
        "bench", "--resume", "r", "--", "./other");
    assert_speedup_says(2,
                        "nosuch/plan.json: tells how the benchmark was begun, and cannot be read; "
                        "begin anew without --resume: No such file or directory",
                        "bench", "--resume", "nosuch");
    char *plan = text_of("r/plan.json");
    replace("r/plan.json", "\"host\": \"", "\"host\": \"not-");
    RESUME(2, "r");
    background_assert_said("speedup: --resume: the benchmark was begun on another machine: not-");
    scratch_write("r/plan.json", plan, strlen(plan));
    replace("r/plan.json", "\"sum\": \"", "\"sum\": \"f");
    RESUME(2, "r");
    background_assert_said(
        "speedup: --resume: the benchmark was begun by another build of speedup");
    scratch_write("r/plan.json", plan, strlen(plan));
    replace("r/plan.json", "\"cores\": ", "\"cores\": 1");
    RESUME(2, "r");
    background_assert_said("speedup: --resume: the benchmark was begun with 1");
    char *after = text_of("r/runs.csv");
    assert_string_equal(before, after);
    free(plan);
    free(before);
    free(after);
}

/* It would take its directory away from under it. */
static void another_one_in_the_same_place_is_refused(void **state)
{
    (void)state;
    background_write_slow("echo x >>times\n[ $(wc -l <times) -eq 8 ] || exit 0");
    pid_t child =
        background_start((const char *const[]){speedup_path(), BENCH, "--", "./slow", NULL});
    pid_t slow = background_slow();
    assert_speedup_says(1,
                        "r: another speedup is measuring into this directory now; wait for its "
                        "end, or choose another place with --out",
                        BENCH, "--", "true");
    assert_false(background_is_there("r.1"));
    kill(child, SIGINT);
    assert_int_equal(background_end(child), 130);
    background_assert_ends(slow);
    assert_in("r/runs.csv", ",pool,2,", true);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        TEST(a_killed_one_goes_on),
        TEST(an_interrupted_one_goes_on),
        TEST(another_benchmark_is_refused),
        TEST(another_one_in_the_same_place_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* runs.csv of a benchmark that goes on: whatever fails then, the rows that are there stay. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/results/results.h"
#include "harness/results/rows.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"

static const struct machine_facts machine = {
    .host = "h", .cpu = "c", .cores = 1, .threads = 1, .benchmark = "0123456789"};

static struct run_record run_of(int round)
{
    return (struct run_record){.setup = {.config = {.filter = "highpass",
                                                    .strategy = "serial",
                                                    .workers = 1,
                                                    .parameters = {.window = 3}},
                                         .ny = 5,
                                         .nx = 5,
                                         .images = 1,
                                         .tasks = 1},
                               .round = round,
                               .wall_s = round};
}

/* A benchmark that was killed after so many rounds: header and rows, and half a row more. */
static void write_killed(int rounds)
{
    FILE *file = fopen("runs.csv", "w");
    assert_non_null(file);
    rows_put_header(file, &runs_file);
    for (int round = 1; round <= rounds; round++) {
        struct run_record run = run_of(round);
        rows_put(file, &runs_file, &machine, &run);
    }
    fputs("1,h,c", file);
    fclose(file);
}

static size_t rows_left(void)
{
    struct run_record *runs;
    struct error error;
    size_t count;
    if (results_read_runs(".", &runs, &count, &error) != 0)
        fail_msg("%s", error.text);
    free(runs);
    return count;
}

static void a_failure_before_the_next_row_takes_none_away(void **state)
{
    (void)state;
    struct results results;
    struct error error;
    write_killed(3);
    assert_int_equal(results_reopen(&results, ".", &machine, 2, &error), 0);
    results_discard(&results);
    assert_int_equal(rows_left(), 2);
}

static void rows_go_on_where_they_stopped(void **state)
{
    (void)state;
    struct results results;
    struct error error;
    struct run_record run = run_of(3);
    write_killed(2);
    assert_int_equal(results_reopen(&results, ".", &machine, 2, &error), 0);
    assert_int_equal(results_add_run(&results, &run, &error), 0);
    results_discard(&results);
    assert_int_equal(rows_left(), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_failure_before_the_next_row_takes_none_away,
                                        scratch_enter, scratch_leave),
        cmocka_unit_test_setup_teardown(rows_go_on_where_they_stopped, scratch_enter,
                                        scratch_leave),
    };
    return cmocka_run_group_tests_name("reopen", tests, NULL, NULL);
}

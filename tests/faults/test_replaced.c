/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `make` in another terminal puts a new program in the place of one that is measuring: the benchmark goes
 * on with the one that it was started with. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "strategies/strategy.h"
#include "tests/support/background.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"
#include "tests/support/table.h"

#define SMALL "--images", "3", "--size", "20x20", "--window", "3", "--rounds", "2", "--out", "r"

static void copy_program(void)
{
    assert_program_runs((const char *const[]){"cp", speedup_path(), "program", NULL});
}

/* As a linker does it. What would be run by mistake fails. */
static void replace_program(void)
{
    static const char other[] = "#!/bin/sh\nexit 3\n";
    assert_int_equal(unlink("program"), 0);
    scratch_write("program", other, strlen(other));
    assert_int_equal(chmod("program", 0755), 0);
}

/* Replaced before the first of its runs. Its exit code. */
static int bench_replaced(const char *const *arguments)
{
    if (access("/proc/self/exe", X_OK) != 0) {
        print_message("no /proc: what is replaced is gone here\n");
        skip();
    }
    copy_program();
    pid_t child = background_start(arguments);
    for (int i = 0; i < 4000 && !background_is_there("r/runs.csv"); i++)
        background_nap();
    replace_program();
    return background_end(child);
}

static void assert_all_right(size_t configurations, const char *directory)
{
    char path[64];
    snprintf(path, sizeof path, "%s/summary.csv", directory);
    struct table summary = table_load(path);
    assert_int_equal(summary.rows, configurations);
    for (size_t row = 0; row < summary.rows; row++)
        assert_string_equal(table_field(&summary, row, "status"), "ok");
    table_free(&summary);
}

/* Every one that starts the program once more, in its way. */
static void a_benchmark_goes_on(void **state)
{
    (void)state;
    const struct strategy *parallel = strategy_find("gnu-parallel");
    bool here = !parallel->unavailable || !parallel->unavailable();
    int code = bench_replaced((const char *const[]){
        "./program", "bench", "--io", "files", "--workers", "2", "--strategies",
        here ? "spawn,programs,gnu-parallel" : "spawn,programs", SMALL, NULL});
    background_assert_said("");
    assert_int_equal(code, 0);
    assert_all_right(here ? 4 : 3, "r");
}

/* Every section writes anew how it was begun, with a sum of the program. */
static void a_lesson_goes_on(void **state)
{
    (void)state;
    int code = bench_replaced((const char *const[]){"./program", "bench", "--section", "all",
                                                    "--strategies", "pool", SMALL, NULL});
    background_assert_said("");
    assert_int_equal(code, 0);
    assert_true(background_is_there("r/wait/plan.json"));
}

static void what_is_started_by_its_path_says_so(void **state)
{
    (void)state;
    const struct strategy *mpi = strategy_find("mpi");
    if (mpi->unavailable && mpi->unavailable()) {
        print_message("mpi: %s\n", mpi->unavailable());
        skip();
    }
    int code =
        bench_replaced((const char *const[]){"./program", "bench", "--io", "files", "--workers",
                                             "2", "--strategies", "pool,mpi", SMALL, NULL});
    background_assert_said("speedup: mpi with 2 workers: failed: speedup was built anew meanwhile, "
                           "and would be another program there\n");
    assert_int_equal(code, 1);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        TEST(a_benchmark_goes_on),
        TEST(a_lesson_goes_on),
        TEST(what_is_started_by_its_path_says_so),
    };
    return cmocka_run_group_tests_name("replaced", tests, NULL, NULL);
}

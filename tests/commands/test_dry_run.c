/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan of a benchmark, printed. */
#include <string.h>
#include <unistd.h>

#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"

/* Nothing is measured and nothing written; pool alone goes through all numbers of workers. */
static void a_dry_run_prints_the_plan(void **unused)
{
    (void)unused;
    struct outcome outcome =
        run_speedup("bench", "--images", "8", "--size", "30x30", "--strategies", "fork,pool",
                    "--topology", "1x4x2", "--dry-run", "--budget", "100", "--out", "r");
    assert_int_equal(outcome.code, 0);
    assert_non_null(strstr(outcome.out, "plan: 25 rounds of 7 runs, 0:"));
    assert_non_null(strstr(outcome.out, "  serial on 1, twice; fork on 4; pool on 1, 2, 4, 8\n"));
    assert_int_equal(access("r", F_OK), -1);
    outcome_free(&outcome);
    assert_speedup_says(2, "--topology: goes with --dry-run only", "bench", "--topology", "4");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_dry_run_prints_the_plan, scratch_enter, scratch_leave),
    };
    return cmocka_run_group_tests_name("dry run", tests, NULL, NULL);
}

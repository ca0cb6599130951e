/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --chunk, from the command line to the worker that does the tasks and to the files. */
#include <stdlib.h>
#include <string.h>

#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"
#include "tests/support/table.h"

static const char *chunk_of(const struct table *table, const char *strategy)
{
    for (size_t row = 0; row < table->rows; row++)
        if (strcmp(table_field(table, row, "strategy"), strategy) == 0)
            return table_field(table, row, "chunk");
    fail_msg("no row for %s", strategy);
    return NULL;
}

/* --chunk is recorded where the strategy has chunks; a chunk of seven is done by one worker. */
static void chunks_are_handed_out_together(void **unused)
{
    (void)unused;
    struct outcome outcome = run_speedup("bench", "--images", "14", "--size", "20x20", "--window",
                                         "3", "--rounds", "1", "--strategies", "process-pool,fork",
                                         "--workers", "2", "--chunk", "7", "--out", "r");
    if (outcome.code != 0)
        fail_msg("%s", outcome.err);
    outcome_free(&outcome);
    struct table summary = table_load("r/summary.csv");
    assert_string_equal(chunk_of(&summary, "process-pool"), "7");
    assert_string_equal(chunk_of(&summary, "fork"), "");
    table_free(&summary);
    struct table trace = table_load("r/trace.csv");
    double worker[14] = {0};
    int seen = 0;
    for (size_t row = 0; row < trace.rows; row++)
        if (strcmp(table_field(&trace, row, "strategy"), "process-pool") == 0) {
            worker[(int)table_value(&trace, row, "task")] = table_value(&trace, row, "worker");
            seen++;
        }
    assert_int_equal(seen, 14);
    for (int task = 0; task < 14; task++)
        assert_true(worker[task] == worker[task / 7 * 7]);
    table_free(&trace);
}

static void a_chunk_is_a_number(void **unused)
{
    (void)unused;
    assert_speedup_says(2, "--chunk: '0' is not a whole number from 1 to 100000", "bench",
                        "--chunk", "0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(chunks_are_handed_out_together, scratch_enter,
                                        scratch_leave),
        cmocka_unit_test(a_chunk_is_a_number),
    };
    return cmocka_run_group_tests_name("chunks", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan of a benchmark, printed and followed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"
#include "tests/support/table.h"

/* Nothing is measured and nothing written; pool alone goes through all numbers of workers. */
static void a_dry_run_prints_the_plan(void **unused)
{
    (void)unused;
    struct outcome outcome =
        run_speedup("bench", "--images", "8", "--size", "30x30", "--strategies", "fork,pool",
                    "--topology", "1x4x2", "--dry-run", "--budget", "100", "--out", "r");
    assert_int_equal(outcome.code, 0);
    assert_non_null(strstr(outcome.out, "plan: 25 rounds of 8 runs, 0:"));
    assert_non_null(
        strstr(outcome.out, "  serial on 1, twice; fork on 4; pool on 1, 2, 4, 8, twice\n"));
    assert_int_equal(access("r", F_OK), -1);
    outcome_free(&outcome);
    assert_speedup_says(2, "--topology: goes with --dry-run only", "bench", "--topology", "4");
}

/* What comes after the name of a section in the output of a dry run; NULL: no such line. */
static const char *line_of(const char *out, const char *section)
{
    size_t length = strlen(section);
    for (const char *at = out; at; at = strchr(at, '\n')) {
        at += *at == '\n';
        if (strncmp(at, section, length) == 0 && at[length] == ':')
            return at + length + 2;
    }
    return NULL;
}

/* On machines of all kinds every section gets its intervals within four minutes. */
static void every_machine_gets_its_rounds(void **unused)
{
    (void)unused;
    static const char *const machines[] = {"2x32x2", "8P+16E", "1", "4"}, *const names[] = {
                                                                              "activity", "files",
                                                                              "blas", "threads",
                                                                              "wait"};
    for (size_t i = 0; i < sizeof machines / sizeof machines[0]; i++) {
        struct outcome outcome =
            run_speedup("bench", "--section", "all", "--size", "200x200", "--dry-run", "--budget",
                        "240", "--topology", machines[i]);
        int sum = 0, minutes, seconds;
        assert_int_equal(outcome.code, 0);
        for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
            const char *line = line_of(outcome.out, names[k]);
            int rounds, runs;
            assert_non_null(line);
            assert_int_equal(
                sscanf(line, "%d rounds of %d runs, %d:%d", &rounds, &runs, &minutes, &seconds), 4);
            assert_true(rounds >= 6);
            assert_true(runs >= 3);
            sum += 60 * minutes + seconds;
        }
        const char *all = line_of(outcome.out, "all");
        assert_non_null(all);
        assert_int_equal(sscanf(all, "%d:%d of 4:00", &minutes, &seconds), 2);
        assert_true(60 * minutes + seconds <= 240);
        assert_true(abs(60 * minutes + seconds - sum) <= 5); /* each was rounded */
        outcome_free(&outcome);
    }
}

/* Images first, and not those that were asked for. */
static void what_there_is_no_time_for_is_left_out_and_said(void **unused)
{
    (void)unused;
    struct outcome outcome =
        run_speedup("bench", "--filter", "highpass-select", "--size", "100x100", "--strategies",
                    "serial", "--budget", "0.1", "--out", "r");
    assert_int_equal(outcome.code, 0);
    assert_non_null(strstr(outcome.err, "for lack of time: 1 image instead of 25; --budget gives "
                                        "more\n"));
    struct table summary = table_load("r/summary.csv");
    assert_float_equal(table_value(&summary, 0, "images"), 1, 0);
    table_free(&summary);
    outcome_free(&outcome);
    outcome = run_speedup("bench", "--size", "60x60", "--images", "3", "--strategies", "serial",
                          "--budget", "0", "--out", "s");
    assert_int_equal(outcome.code, 0);
    assert_null(strstr(outcome.err, "images instead"));
    outcome_free(&outcome);
}

/* However short the time: both locks in the section on locks, the library's threads in that on BLAS, one
 * that starts programs in that on these. */
static void what_a_section_is_about_is_not_left_out(void **unused)
{
    (void)unused;
    struct outcome outcome =
        run_speedup("bench", "--section", "threads", "--dry-run", "--budget", "0.1");
    assert_int_equal(outcome.code, 0);
    assert_non_null(strstr(outcome.out, "without the "));
    assert_non_null(strstr(outcome.out, " global-lock held on "));
    assert_non_null(strstr(outcome.out, " global-lock released on "));
    assert_null(strstr(outcome.out, "pthreads"));
    outcome_free(&outcome);
    outcome = run_speedup("bench", "--section", "blas", "--dry-run", "--budget", "0.1");
    assert_int_equal(outcome.code, 0);
    assert_non_null(strstr(outcome.out, " blas on "));
    outcome_free(&outcome);
    outcome = run_speedup("bench", "--section", "files", "--dry-run", "--budget", "0.1");
    assert_int_equal(outcome.code, 0);
    assert_non_null(strstr(outcome.out, " programs on "));
    outcome_free(&outcome);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_dry_run_prints_the_plan, scratch_enter, scratch_leave),
        cmocka_unit_test_setup_teardown(every_machine_gets_its_rounds, scratch_enter,
                                        scratch_leave),
        cmocka_unit_test_setup_teardown(what_a_section_is_about_is_not_left_out, scratch_enter,
                                        scratch_leave),
        cmocka_unit_test_setup_teardown(what_there_is_no_time_for_is_left_out_and_said,
                                        scratch_enter, scratch_leave),
    };
    return cmocka_run_group_tests_name("dry run", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Own workers and BLAS threads, each off and on: the four corners, and what they mean. */
#include <string.h>

#include "harness/report/corners.h"
#include "harness/report/findings.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/summaries.h"

/* With these BLAS threads asked for; the intervals are of 0.1 s and 0.1 to either side. */
static struct summary corner(const char *strategy, int workers, double wall_s, double speedup,
                             int blas_threads)
{
    struct summary summary =
        summary_given(strategy, workers, (struct estimate){wall_s, wall_s - 0.1, wall_s + 0.1},
                      (struct estimate){speedup, speedup - 0.1, speedup + 0.1});
    summary.setup.config.blas_threads = blas_threads;
    return summary;
}

/* Of two strategies with as many workers the faster one, wherever it stands. */
static void the_corners_are_of_the_faster_strategy(void **state)
{
    (void)state;
    struct summary summaries[] = {
        corner("serial", 1, 8, 1, 1),       corner("blas", 4, 4, 2, 4),
        corner("pool", 4, 2.5, 3.2, 1),     corner("pool", 4, 5, 1.6, 4),
        corner("fork", 4, 2.2, 3.6, 1),     corner("fork", 4, 5.5, 1.4, 4),
        corner("pthreads", 4, 2.4, 3.3, 1), corner("pthreads", 4, 5.2, 1.5, 4),
    };
    struct result_set set = {.machine = {.cores = 4}, .summaries = summaries, .count = 8};
    struct corners corners;
    assert_true(corners_find(&set, &corners));
    assert_ptr_equal(corners.at[1][0], &summaries[4]);
    assert_ptr_equal(corners.at[1][1], &summaries[5]);
}

/* serial 8 s, blas on 4 threads 4 s, pool on 4 workers 2.5 s, with both 5 s. */
static void the_four_corners_and_what_they_mean(void **state)
{
    (void)state;
    struct summary summaries[] = {
        corner("serial", 1, 8, 1, 1),   corner("blas", 2, 5, 1.6, 2),
        corner("blas", 4, 4, 2, 4),     corner("pool", 2, 4.4, 1.82, 1),
        corner("pool", 4, 2.5, 3.2, 1), corner("pool", 8, 2.4, 3.3, 1),
        corner("pool", 4, 5, 1.6, 4),   corner("pool", 8, 6, 1.3, 4),
    };
    struct result_set set = {.machine = {.cores = 4}, .summaries = summaries, .count = 8};
    struct corners corners;
    char cells[3][CORNER_COLUMNS][FINDING_LENGTH], verdict[FINDING_LENGTH];
    assert_true(corners_find(&set, &corners));
    assert_ptr_equal(corners.at[0][0], &summaries[0]);
    assert_ptr_equal(corners.at[0][1], &summaries[2]);
    assert_ptr_equal(corners.at[1][0], &summaries[4]); /* 8 workers are more than the cores */
    assert_ptr_equal(corners.at[1][1], &summaries[6]);
    corners_cells(&corners, cells);
    assert_string_equal(cells[1][1], "8 (7.9-8.1) s; 1.00 (0.90-1.10)");
    assert_string_equal(cells[1][2], "4 (3.9-4.1) s; 2.00 (1.90-2.10)");
    assert_string_equal(cells[2][0], "4 workers (pool)");
    assert_string_equal(cells[2][1], "2.5 (2.4-2.6) s; 3.20 (3.10-3.30)");
    assert_string_equal(cells[2][2], "5 (4.9-5.1) s; 1.60 (1.50-1.70)");
    corners_text(&corners, &set, verdict);
    assert_non_null(strstr(verdict, "16 threads on 4 cores: 1.60 (1.50-1.70), 2.00 times the wall "
                                    "time of pool alone, beyond the noise. What to do: "));
    assert_null(strstr(verdict, "you need none of your own"));

    /* Without blas on 4 threads, or the serial strategy, there are no four corners. */
    summaries[2].setup.config.workers = 3;
    assert_false(corners_find(&set, &corners));
    summaries[2].setup.config.workers = 4;
    summaries[0].status = RUN_WRONG;
    assert_false(corners_find(&set, &corners));

    /* Where the library alone takes 2.5 s too, and both layers 2.45 s. */
    struct summary close[] = {corner("serial", 1, 8, 1, 1), corner("blas", 4, 2.5, 3.2, 4),
                              corner("fork", 4, 2.5, 3.2, 1), corner("fork", 4, 2.45, 3.27, 4)};
    set = (struct result_set){.machine = {.cores = 4}, .summaries = close, .count = 4};
    assert_true(corners_find(&set, &corners));
    corners_text(&corners, &set, verdict);
    assert_non_null(strstr(verdict, "0.98 times the wall time of fork alone, which may be noise. "
                                    "The second layer gains nothing"));
    assert_non_null(strstr(verdict, "you need none of your own"));
}

/* Of a command one instance with its threads on is the inner layer alone; 4 at a time are too many. */
static void the_corners_of_a_command(void **state)
{
    (void)state;
    struct summary summaries[] = {
        corner("serial", 1, 8, 1, 1),       corner("programs", 1, 8.1, 0.99, 1),
        corner("programs", 2, 4.2, 1.9, 1), corner("programs", 4, 4.1, 1.9, 1),
        corner("programs", 1, 5, 1.6, 2),   corner("programs", 2, 6, 1.3, 2),
        corner("programs", 4, 7, 1.1, 2),
    };
    struct result_set set = {.machine = {.cores = 2}, .summaries = summaries, .count = 7};
    struct corners corners;
    char cells[3][CORNER_COLUMNS][FINDING_LENGTH], text[FINDING_LENGTH];
    for (size_t i = 0; i < set.count; i++)
        strcpy(summaries[i].setup.config.filter, "command");
    assert_true(corners_find(&set, &corners));
    assert_ptr_equal(corners.at[0][0], &summaries[0]);
    assert_ptr_equal(corners.at[0][1], &summaries[4]);
    assert_ptr_equal(corners.at[1][0], &summaries[2]);
    assert_ptr_equal(corners.at[1][1], &summaries[5]);
    corners_cells(&corners, cells);
    assert_string_equal(cells[0][2], "threads inside on (2)");
    assert_string_equal(cells[1][0], "one at a time");
    corners_text(&corners, &set, text);
    assert_non_null(strstr(text, "Both layers on are 4 threads on 2 cores: 1.30 (1.20-1.40), 1.43 "
                                 "times the wall time of programs alone, beyond the noise. What to "
                                 "do: under your own parallelism turn threads inside off "));
    summaries[4].status = RUN_FAILED;
    assert_false(corners_find(&set, &corners));
}

/* A library that does not know the machine is a finding of its own; other warnings are none. */
static void a_library_that_does_not_know_the_machine(void **state)
{
    (void)state;
    static struct result_set set;
    char text[FINDING_LENGTH];
    warnings_add(&set.machine.warnings, "2 rounds: too few");
    findings_blas_text(&set, text);
    assert_string_equal(text, "");
    warnings_add(&set.machine.warnings, FINDINGS_BLAS_MARK "it is slow; set OPENBLAS_CORETYPE=Zen");
    findings_blas_text(&set, text);
    assert_string_equal(
        text, "The best library is worth nothing when it does not know the machine: it is slow; "
              "set OPENBLAS_CORETYPE=Zen. What library threads gain here says nothing about one "
              "that does.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_corners_of_a_command),
        cmocka_unit_test(the_four_corners_and_what_they_mean),
        cmocka_unit_test(the_corners_are_of_the_faster_strategy),
        cmocka_unit_test(a_library_that_does_not_know_the_machine),
    };
    return cmocka_run_group_tests_name("corners", tests, NULL, NULL);
}

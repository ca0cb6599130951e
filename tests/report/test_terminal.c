/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a terminal shows of a result: 80 columns, what is alike once, and no more lines than asked. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/report/findings.h"
#include "harness/report/terminal.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"
#include "tests/support/summaries.h"

static char *printed(const struct result_set *set, bool heading, int lines_at_most)
{
    size_t count;
    FILE *file = fopen("table", "w");
    assert_non_null(file);
    terminal_print_table(set, heading, lines_at_most, file);
    assert_int_equal(fclose(file), 0);
    return scratch_read("table", &count);
}

static void assert_table(struct summary *rows, size_t count, int lines_at_most,
                         const char *expected)
{
    struct result_set set = {.summaries = rows, .count = count};
    char *text = printed(&set, false, lines_at_most);
    assert_string_equal(text, expected);
    free(text);
}

static struct summary row(const char *strategy, int workers, double low, double speedup,
                          double high)
{
    return summary_given(strategy, workers, only(8 / speedup),
                         (struct estimate){speedup, low, high});
}

static struct summary bad(const char *strategy, int workers, enum run_status status)
{
    struct summary summary = summary_given(strategy, workers, only((double)NAN), only((double)NAN));
    summary.status = status;
    return summary;
}

/* pool is 3.9 on 4 workers; openmp may be as fast, pthreads is not, and fork has other workers. */
static void what_is_alike_stands_once(void **unused)
{
    (void)unused;
    struct summary rows[] = {
        row("serial", 1, 1, 1, 1),          row("pool", 2, 1.8, 1.9, 1.95),
        row("pool", 4, 3.8, 3.9, 3.95),     row("openmp", 4, 3.7, 3.75, 3.85),
        row("pthreads", 4, 3.5, 3.6, 3.75), row("fork", 2, 1.7, 1.8, 3.9),
        bad("mine", 2, RUN_WRONG),          bad("mine", 4, RUN_WRONG),
        bad("mpi", 2, RUN_WRONG),           bad("fork", 4, RUN_CRASHED),
    };
    assert_table(rows, 10, 20,
                 "  serial                              1         8  1.00                   100 %\n"
                 "* pool, openmp                        4     2.051  3.90 (3.80-3.95)        98 %\n"
                 "  pthreads                            4     2.222  3.60 (3.50-3.75)        90 %\n"
                 "  fork                                2     4.444  1.80 (1.70-3.90)        90 %\n"
                 "  mine, mpi                           2     wrong\n"
                 "  fork                                4   crashed\n");
}

/* All rows of few; 95 % of the ceiling is more than 90 %, but the best is who is fastest. */
static void few_rows_are_all_shown(void **unused)
{
    (void)unused;
    struct summary rows[] = {row("serial", 1, 1, 1, 1), row("pool", 2, 1.8, 1.9, 1.95),
                             row("pool", 4, 3.5, 3.6, 3.75), bad("mine", 4, RUN_WRONG)};
    struct result_set set = {.summaries = rows, .count = 4};
    size_t count;
    FILE *file = fopen("table", "w");
    assert_non_null(file);
    terminal_print_rows(&set, file);
    assert_int_equal(fclose(file), 0);
    char *text = scratch_read("table", &count);
    assert_string_equal(
        text, "  strategy                      workers    wall s  speedup (95 % CI) of ceiling\n"
              "  serial                              1         8  1.00                   100 %\n"
              "  pool                                2     4.211  1.90 (1.80-1.95)        95 %\n"
              "* pool                                4     2.222  3.60 (3.50-3.75)        90 %\n"
              "  mine                                4     wrong\n");
    free(text);
}

static void no_more_lines_than_asked_for(void **unused)
{
    (void)unused;
    struct summary rows[] = {row("serial", 1, 1, 1, 1),     row("pool", 2, 1.8, 1.9, 1.95),
                             row("fork", 2, 1.5, 1.6, 1.7), row("spawn", 2, 1.2, 1.3, 1.35),
                             row("mpi", 2, 0.4, 0.45, 0.5), bad("mine", 2, RUN_TIMEOUT)};
    assert_table(rows, 6, 5,
                 "  serial                              1         8  1.00                   100 %\n"
                 "* pool                                2     4.211  1.90 (1.80-1.95)        95 %\n"
                 "  fork                                2         5  1.60 (1.50-1.70)        80 %\n"
                 "  2 more, down to 0.45: --wide shows all\n"
                 "  mine                                2   timeout\n");
    assert_table(
        rows, 5, 5,
        "  serial                              1         8  1.00                   100 %\n"
        "* pool                                2     4.211  1.90 (1.80-1.95)        95 %\n"
        "  fork                                2         5  1.60 (1.50-1.70)        80 %\n"
        "  spawn                               2     6.154  1.30 (1.20-1.35)        65 %\n"
        "  mpi                                 2     17.78  0.45 (0.40-0.50)        22 %\n");
}

static void nothing_is_marked_that_is_slower_than_the_serial_one(void **unused)
{
    (void)unused;
    struct summary rows[] = {row("serial", 1, 1, 1, 1), row("pool", 2, 0.7, 0.8, 0.9)};
    assert_table(
        rows, 2, 9,
        "  serial                              1         8  1.00                   100 %\n"
        "  pool                                2        10  0.80 (0.70-0.90)        40 %\n");
}

/* That of the fastest is whole, and how many are like it may be said more shortly. */
static void a_long_name_is_not_cut(void **unused)
{
    (void)unused;
    struct summary rows[] = {row("serial", 1, 1, 1, 1), row("global-lock", 2, 1.8, 1.9, 1.95),
                             row("pthreads", 2, 1.7, 1.85, 1.9), row("pool", 2, 1.7, 1.8, 1.9),
                             row("process-pool", 2, 1.6, 1.65, 1.7)};
    rows[1].setup.config.lock = LOCK_RELEASED;
    assert_table(
        rows, 5, 9,
        "  serial                              1         8  1.00                   100 %\n"
        "* global-lock released +2 more        2     4.211  1.90 (1.80-1.95)        95 %\n"
        "  process-pool                        2     4.848  1.65 (1.60-1.70)        82 %\n");
    rows[1].setup.config.lock = LOCK_NONE;
    assert_table(
        rows, 5, 9,
        "  serial                              1         8  1.00                   100 %\n"
        "* global-lock and 2 more              2     4.211  1.90 (1.80-1.95)        95 %\n"
        "  process-pool                        2     4.848  1.65 (1.60-1.70)        82 %\n");
}

/* What failed is shown in any case, once. */
static void there_is_always_a_line_for_what_failed(void **unused)
{
    (void)unused;
    struct summary rows[] = {row("serial", 1, 1, 1, 1), bad("fork", 2, RUN_WRONG),
                             bad("mine", 2, RUN_CRASHED), bad("mpi", 2, RUN_TIMEOUT)};
    struct result_set set = {.summaries = rows, .count = 4};
    char *text = printed(&set, true, 3);
    int lines = 0;
    for (const char *at = text; *at; at++)
        lines += *at == '\n';
    assert_int_equal(lines, 5);
    assert_int_equal(terminal_print_table(&set, true, 3, stderr), 5);
    free(text);
}

static void a_short_verdict_has_the_first_reasons(void **unused)
{
    (void)unused;
    static struct result_set set;
    char text[FINDING_LENGTH];
    snprintf(set.machine.verdict, sizeof set.machine.verdict,
             "disturbed: others were busy; the host took 9 %%; it was hot; 2 good rounds of 8");
    snprintf(set.machine.remedy, sizeof set.machine.remedy, "close them");
    findings_verdict_short_text(&set, text);
    assert_string_equal(text,
                        "Verdict: disturbed: others were busy; the host took 9 %; and 2 more. "
                        "To do: close them.");
    findings_verdict_text(&set, text);
    assert_non_null(strstr(text, "9 %; it was hot; 2 good rounds of 8. To do: close them."));
    snprintf(set.machine.verdict, sizeof set.machine.verdict, "disturbed: one; two");
    findings_verdict_short_text(&set, text);
    assert_string_equal(text, "Verdict: disturbed: one; two. To do: close them.");
}

/* The longest names and the largest numbers. */
static void nothing_is_wider_than_a_terminal(void **unused)
{
    (void)unused;
    struct summary rows[9];
    struct result_set set = {.summaries = rows, .count = 9};
    rows[0] = row("serial", 1, 1, 1, 1);
    for (int i = 1; i < 9; i++) {
        char name[32];
        snprintf(name, sizeof name, "a-strategy-of-a-long-name-%d", i);
        rows[i] = row(name, 4096, 1000.5, 4000.25 - (i > 5) * 3500 - i, 4096.75);
        rows[i].setup.config.lock = LOCK_RELEASED;
        rows[i].setup.config.blas_threads = 128;
    }
    char *text = printed(&set, true, 20);
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
        if (strlen(line) > TERMINAL_COLUMNS)
            fail_msg("%zu columns: %s", strlen(line), line);
    free(text);
}

static void a_text_is_broken_at_blanks(void **unused)
{
    (void)unused;
    char text[400] = "", *whole;
    size_t count;
    for (int i = 0; i < 20; i++)
        strcat(text, "twelve bytes ");
    strcat(text, "\nnext\n");
    FILE *file = fopen("text", "w");
    assert_non_null(file);
    terminal_print_text(text, file);
    assert_int_equal(fclose(file), 0);
    whole = scratch_read("text", &count);
    char *line = strtok(whole, "\n");
    assert_string_equal(line, "twelve bytes twelve bytes twelve bytes twelve bytes twelve bytes "
                              "twelve bytes");
    assert_int_equal(strlen(line), 77);
    for (int i = 0; i < 3; i++)
        line = strtok(NULL, "\n");
    assert_string_equal(line, "twelve bytes twelve bytes");
    assert_string_equal(strtok(NULL, "\n"), "next");
    assert_null(strtok(NULL, "\n"));
    free(whole);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        TEST(what_is_alike_stands_once),
        TEST(few_rows_are_all_shown),
        TEST(no_more_lines_than_asked_for),
        TEST(nothing_is_marked_that_is_slower_than_the_serial_one),
        TEST(a_long_name_is_not_cut),
        TEST(there_is_always_a_line_for_what_failed),
        TEST(a_short_verdict_has_the_first_reasons),
        TEST(nothing_is_wider_than_a_terminal),
        TEST(a_text_is_broken_at_blanks),
    };
    return cmocka_run_group_tests_name("terminal", tests, NULL, NULL);
}

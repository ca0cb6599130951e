/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many at a time: what is chosen from made-up summaries, and the command to copy. */
#include "tests/support/cmocka_all.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/report/advice/advice.h"
#include "tests/support/program.h"
#include "tests/support/summaries.h"

static struct summary of(int workers, double low, double value, double high, double gib)
{
    struct summary summary = summary_given(workers == 1 ? "serial" : "programs", workers,
                                           only(24 / value), (struct estimate){value, low, high});
    summary.max_rss_kib = gib * 1024 * 1024;
    return summary;
}

static void assert_advice(struct summary *summaries, size_t count, const char *expected)
{
    struct result_set set = {.summaries = summaries, .count = count};
    struct advice advice;
    char text[ADVICE_LENGTH];
    assert_int_equal(advice_find(&set, &advice), *expected != '\0');
    advice_text(&advice, text);
    assert_string_equal(text, expected);
}

static void test_the_fewest_that_cannot_be_told_from_the_best(void **state)
{
    struct summary summaries[] = {of(1, 0.97, 1, 1.03, 0.7), of(4, 3.5, 3.6, 3.7, 2.8),
                                  of(6, 4.8, 5.1, 5.3, 4.2), of(8, 5.0, 5.2, 5.4, 5.6),
                                  of(16, 4.6, 4.9, 5.2, 11)};
    (void)state;
    assert_advice(summaries, 5,
                  "Use 6 at a time: 5.1 times faster than one after the other (4.8-5.3). 8 gains "
                  "nothing more and takes 5.6 GiB instead of 4.2 GiB.");
    summaries[2].status = RUN_WRONG;
    assert_advice(summaries, 5,
                  "Use 8 at a time: 5.2 times faster than one after the other (5-5.4). 16 gains "
                  "nothing more and takes 11.0 GiB instead of 5.6 GiB.");
}

static void test_without_intervals_three_percent_are_nothing(void **state)
{
    double no = (double)NAN;
    struct summary summaries[] = {of(1, no, 1, no, 0.1), of(2, no, 1.95, no, 0.2),
                                  of(4, no, 2.0, no, 0.4)};
    (void)state;
    assert_advice(
        summaries, 3,
        "Use 2 at a time: 1.9 times faster than one after the other. 4 gains nothing more "
        "and takes 410 MiB instead of 205 MiB.");
    summaries[1].speedup.value = 1.93;
    assert_advice(summaries, 3, "Use 4 at a time: 2 times faster than one after the other.");
}

/* Else the command to copy has threads inside, and the sentence on the four corners says to turn them off. */
static void test_threads_inside_that_gain_nothing_are_off(void **state)
{
    struct summary summaries[] = {of(1, 0.97, 1, 1.03, 1), of(4, 3.5, 3.6, 3.7, 1),
                                  of(4, 3.5, 3.65, 3.8, 1)};
    struct result_set set = {.summaries = summaries, .count = 3};
    struct advice advice;
    (void)state;
    for (int i = 0; i < 3; i++)
        summaries[i].setup.config.blas_threads = i < 2 ? 1 : 4;
    assert_true(advice_find(&set, &advice));
    assert_ptr_equal(advice.best, &summaries[2]);
    assert_ptr_equal(advice.chosen, &summaries[1]);
    summaries[1].speedup.high = 3.45; /* now they gain */
    assert_true(advice_find(&set, &advice));
    assert_ptr_equal(advice.chosen, &summaries[2]);
}

static void test_when_one_is_best(void **state)
{
    struct summary summaries[] = {of(1, 0.9, 1, 1.1, 1), of(2, 0.8, 0.95, 1.05, 2)};
    (void)state;
    assert_advice(summaries, 2, "Use 1 at a time: more at a time is not faster.");
}

static void test_when_nothing_was_right(void **state)
{
    struct summary summaries[] = {of(1, 0.9, 1, 1.1, 1)};
    (void)state;
    summaries[0].status = RUN_FAILED;
    assert_advice(summaries, 1, "");
}

#define LIST(...) ((char *[]){__VA_ARGS__, NULL})

static void assert_command(char *const *command, char *const *files, int threads,
                           const char *expected)
{
    char *text = advice_command(command, files, 7, 6, threads);
    assert_non_null(text);
    assert_string_equal(text, expected);
    free(text);
}

static void test_quoted_for_a_shell(void **state)
{
    (void)state;
    assert_command(LIST("./run", "{}"), LIST("a.fits", "b c.fits", "it's"), 0,
                   "parallel -j 6 -q ./run '{}' ::: a.fits 'b c.fits' 'it'\\''s'");
    assert_command(LIST("sh", "-c", "x; $y"), (char *[]){NULL}, 0,
                   "parallel -j 6 -q sh -c 'x; $y' ::: $(seq 7)");
    assert_command(LIST("a", ""), LIST("-f"), 0, "parallel -j 6 -q a '' ::: -f");
}

static void test_with_the_variables_of_threads(void **state)
{
    (void)state;
    char *text = advice_command(LIST("run"), LIST("a"), 1, 2, 1);
    assert_non_null(text);
    assert_non_null(strstr(text, "OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 "));
    assert_non_null(strstr(text, " parallel -j 2 -q run ::: a"));
    free(text);
}

/* The pattern is used where it means just the files, and not where it means more. */
static void test_a_pattern_for_many(void **state)
{
    char scratch[] = "/tmp/speedup-test-XXXXXX", names[5][64], expected[128];
    char *files[5] = {names[0], names[1], names[2], names[3], NULL};
    (void)state;
    assert_non_null(mkdtemp(scratch));
    for (int i = 0; i < 4; i++) {
        snprintf(names[i], sizeof names[i], "%s/%d.fits", scratch, i);
        fclose(fopen(names[i], "w"));
    }
    snprintf(expected, sizeof expected, "parallel -j 6 -q run ::: %s/*.fits", scratch);
    assert_command(LIST("run"), files, 0, expected);
    snprintf(names[4], sizeof names[4], "%s/more.fits", scratch);
    fclose(fopen(names[4], "w"));
    char *text = advice_command(LIST("run"), files, 4, 6, 0);
    assert_non_null(text);
    assert_null(strchr(text, '*'));
    free(text);
    struct outcome outcome = run_program((const char *const[]){"rm", "-rf", scratch, NULL});
    outcome_free(&outcome);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_fewest_that_cannot_be_told_from_the_best),
        cmocka_unit_test(test_without_intervals_three_percent_are_nothing),
        cmocka_unit_test(test_threads_inside_that_gain_nothing_are_off),
        cmocka_unit_test(test_when_one_is_best),
        cmocka_unit_test(test_when_nothing_was_right),
        cmocka_unit_test(test_quoted_for_a_shell),
        cmocka_unit_test(test_with_the_variables_of_threads),
        cmocka_unit_test(test_a_pattern_for_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

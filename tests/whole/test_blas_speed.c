/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `speedup blas` measures, and what a section makes of a library without threads. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/machine/blas/blas_kernel.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"

/* Whether `speedup blas` has a line that begins with one text and goes on with the other. */
static bool says(const char *word, const char *text)
{
    struct outcome outcome = run_speedup("blas");
    assert_int_equal(outcome.code, 0);
    const char *line = strstr(outcome.out, word);
    bool found = line && strncmp(line + strlen(word), text, strlen(text)) == 0;
    outcome_free(&outcome);
    return found;
}

static void the_speed_is_measured(void **state)
{
    (void)state;
    double library = 0, plain = 0;
    struct outcome outcome = run_speedup("blas", "--speed-only");
    assert_int_equal(outcome.code, 0);
    assert_int_equal(sscanf(outcome.out, "%lf %lf\n", &library, &plain), 2);
    assert_true(library > 0 && plain > 0);
    outcome_free(&outcome);
    outcome = run_speedup("blas");
    const char *line = strstr(outcome.out, "\nspeed ");
    assert_non_null(line);
    assert_int_equal(sscanf(line,
                            " speed %lf GFLOP/s on one thread; plain C (dot-blocked) makes %lf",
                            &library, &plain),
                     2);
    assert_true(library > 0 && plain > 0);
    outcome_free(&outcome);
}

/* How much faster another kernel is depends on the machine; that others are tried does not. */
static void a_kernel_of_2004_does_not_pass_unnoticed(void **state)
{
    (void)state;
    setenv("OPENBLAS_CORETYPE", "Prescott", 1);
    bool taken = says("\nkernel      ", "Prescott\n") && blas_processor_vectors() > VECTORS_SSE;
    struct outcome outcome = run_speedup("blas");
    unsetenv("OPENBLAS_CORETYPE");
    bool noticed =
        strstr(outcome.out, "OPENBLAS_CORETYPE=") || strstr(outcome.out, "made for older");
    outcome_free(&outcome);
    if (!taken)
        skip();
    assert_true(noticed);
}

/* A library without threads has nothing to show in the section about them. */
static void the_section_shows_what_the_library_has(void **state)
{
    (void)state;
    bool has_none = says("\nthreading   ", "none\n");
    struct outcome outcome = run_speedup("bench", "--section", "blas", "--images", "2", "--size",
                                         "20x30", "--rounds", "1", "--workers", "2", "--out", "r");
    bool skipped = strstr(outcome.err, "skipping what shows BLAS threads") != NULL;
    bool told =
        strstr(outcome.out, "\nBLAS: ") && strstr(outcome.out, " GFLOP/s on one; plain C: ");
    outcome_free(&outcome);
    size_t count;
    char *summary = scratch_read("r/blas/summary.csv", &count);
    bool has_row = strstr(summary, ",dot,blas,2,") != NULL;
    free(summary);
    assert_true(told);
    assert_int_equal(skipped, has_none);
    assert_int_equal(has_row, !has_none);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        TEST(the_speed_is_measured),
        TEST(a_kernel_of_2004_does_not_pass_unnoticed),
        TEST(the_section_shows_what_the_library_has),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

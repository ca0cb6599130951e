/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences of the report that follow from a result made up for them. */
#include <math.h>
#include <stdio.h>

#include "harness/report/findings.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/summaries.h"

static void post(struct summary *rows, char text[FINDING_LENGTH])
{
    const struct result_set set = {
        .machine = {.cpu = "Example CPU", .cores = 4, .threads = 4, .verdict = "fit to post"},
        .summaries = rows,
        .count = 2};
    findings_post_text(&set, text);
}

/* 24 * 1 s / 12 s. Images of several sizes have no t0, and the line had a `nan` in its place. */
static void the_line_to_post_has_no_formula_without_t0(void **state)
{
    char text[FINDING_LENGTH];
    (void)state;
    struct summary rows[] = {
        summary_given("serial", 1, (struct estimate){24, 23, 25}, (struct estimate){1, 1, 1}),
        summary_given("pool", 2, (struct estimate){12, 11, 13}, (struct estimate){2, 1.9, 2.1}),
    };
    post(rows, text);
    assert_string_equal(text, "Speedup 2.00 (95 % CI 1.90-2.10) on 2 workers, 4 cores, with pool "
                              "(highpass, 24 images of 5x5): 24 * t0 / tp = 24 * 1 s / 12 s "
                              "= 2.00; Example CPU");
    for (int i = 0; i < 2; i++) {
        rows[i].setup.ny = rows[i].setup.nx = 0;
        rows[i].t0_s = rows[i].activity_speedup = (double)NAN;
    }
    post(rows, text);
    assert_string_equal(text, "Speedup 2.00 (95 % CI 1.90-2.10) on 2 workers, 4 cores, with pool "
                              "(highpass, 24 images of several sizes); Example CPU");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_line_to_post_has_no_formula_without_t0)};
    return cmocka_run_group_tests_name("findings", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of laws of scaling, from results made by hand: never a limit out of noise. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/report/scaling/scaling_section.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/summaries.h"

enum { AT_MOST = 10 };

static char *section_of(struct summary *summaries, size_t count, int cores, const char *verdict)
{
    struct result_set set = {
        .machine = {.cores = cores, .threads = cores}, .summaries = summaries, .count = count};
    char *text = NULL;
    size_t size;
    snprintf(set.machine.verdict, sizeof set.machine.verdict, "%s", verdict);
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    scaling_section_put(&set, &document_markdown, stream);
    fclose(stream);
    return text;
}

/* Speedups that follow Amdahl's law with this share, each with an interval of 1 % to either side. */
static size_t amdahl_rows(struct summary rows[AT_MOST], double share)
{
    static const int workers[] = {1, 2, 3, 4, 6, 8};
    rows[0] = summary_given("serial", 1, only(24), (struct estimate){1, 1, 1});
    for (size_t i = 0; i < 6; i++) {
        double speedup = scaling_speedup(SCALING_AMDAHL, &share, workers[i]);
        rows[i + 1] = summary_given("pool", workers[i], only(24 / speedup),
                                    (struct estimate){speedup, 0.99 * speedup, 1.01 * speedup});
    }
    return 7;
}

static void assert_has(const char *text, const char *wanted)
{
    if (!strstr(text, wanted))
        fail_msg("no \"%s\" in:\n%s", wanted, text);
}

static void assert_lacks(const char *text, const char *unwanted)
{
    if (strstr(text, unwanted))
        fail_msg("\"%s\" is in:\n%s", unwanted, text);
}

static void a_share_that_is_there_is_named(void **unused)
{
    (void)unused;
    struct summary rows[AT_MOST];
    char *text = section_of(rows, amdahl_rows(rows, 0.05), 8, "");
    assert_has(text, "of pool cannot be shared out");
    assert_has(text, "| 8 | 5.93 | 5.93 | 5 % (");
    assert_has(text,
               "Amdahl's law fits these 6 points with a serial share of 5 % (4.8-5.2 %): were "
               "that all, no number of workers could be more than 20 times as fast (19-21).");
    assert_has(text, "no number of workers can be named from which on more would be slower.");
    free(text);
}

static void linear_has_no_limit(void **unused)
{
    (void)unused;
    struct summary rows[AT_MOST];
    size_t count = amdahl_rows(rows, 0.0005);
    char *text = section_of(rows, count, 8, "");
    assert_has(text, "with a serial share of 0 to ");
    assert_has(text, "too uncertain for a limit.");
    assert_lacks(text, "could be more than");
    free(text);
}

/* 24 tasks on 7 workers take 4 turns. Whoever forgets that finds a serial share. */
static void counting_is_no_serial_share(void **unused)
{
    (void)unused;
    struct summary rows[AT_MOST];
    size_t count = amdahl_rows(rows, 0);
    for (size_t i = 0; i < count; i++) {
        int workers = rows[i].setup.config.workers, turns = (25 + workers - 1) / workers;
        double speedup = 25.0 / turns;
        rows[i].ceiling = speedup;
        rows[i].speedup = (struct estimate){speedup, 0.99 * speedup, 1.01 * speedup};
    }
    char *text = section_of(rows, count, 8, "");
    assert_has(text, "| 2 | 1.92 | 2 | 0 to 1 % |");
    assert_lacks(text, "could be more than");
    free(text);
}

/* A speedup that falls again is not Amdahl's. */
static void a_law_that_is_contradicted_says_nothing(void **unused)
{
    (void)unused;
    struct summary rows[AT_MOST];
    size_t count = amdahl_rows(rows, 0);
    for (size_t i = 1; i < count; i++) {
        double speedup = scaling_speedup(SCALING_USL, (const double[]){0.05, 0.02},
                                         rows[i].setup.config.workers);
        rows[i].speedup = (struct estimate){speedup, 0.99 * speedup, 1.01 * speedup};
    }
    char *text = section_of(rows, count, 8, "");
    assert_has(text, "Amdahl's law does not fit these 6 points");
    assert_lacks(text, "could be more than");
    assert_has(text, "a contention of 0.05 (");
    assert_has(text, "more than about 7 would be slower."); /* sqrt(0.95 / 0.02) = 6.9 */
    free(text);
}

static void few_points_are_a_table_only(void **unused)
{
    (void)unused;
    struct summary rows[AT_MOST];
    size_t count = amdahl_rows(rows, 0.05);
    char *text = section_of(rows, count, 4, ""); /* those on 6 and 8 are beyond the cores */
    assert_has(text, "at least 6 numbers of workers up to the cores; here are 4.");
    assert_has(text, "| 4 | 3.48 | ");
    assert_lacks(text, "| 6 | ");
    assert_lacks(text, "Amdahl's law fits");
    free(text);
}

static void nothing_is_said_of_what_is_not_fit(void **unused)
{
    (void)unused;
    struct summary rows[AT_MOST];
    size_t count = amdahl_rows(rows, 0.05);
    char *text = section_of(rows, count, 8, "disturbed: others kept 1.0 of 8 CPUs busy");
    assert_string_equal(text, "");
    free(text);
    text = section_of(rows, 2, 8, ""); /* serial, and pool on one worker */
    assert_string_equal(text, "");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_share_that_is_there_is_named),
        cmocka_unit_test(linear_has_no_limit),
        cmocka_unit_test(counting_is_no_serial_share),
        cmocka_unit_test(a_law_that_is_contradicted_says_nothing),
        cmocka_unit_test(few_points_are_a_table_only),
        cmocka_unit_test(nothing_is_said_of_what_is_not_fit),
    };
    return cmocka_run_group_tests_name("scaling section", tests, NULL, NULL);
}

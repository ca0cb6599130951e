/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said and drawn of a forecast that was made before measuring, and its file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/report/forecast/bet_text.h"
#include "harness/report/graphs/bands.h"
#include "harness/results/forecasts.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"
#include "tests/support/summaries.h"

static struct forecast_row row_on(int workers, double speedup, double low, double high)
{
    return (struct forecast_row){
        .filter = "highpass",
        .strategy = "pool",
        .workers = workers,
        .from_workers = 1,
        .from_runs = 5,
        .forecast = {{24 / speedup, 24 / high, 24 / low}, {speedup, low, high}}};
}

/* pool on 2 and 4 workers is forecast; `measured` is what came out on 4. */
static void assert_said(double measured, const char *verdict, const char *wanted)
{
    const struct forecast_row rows[] = {row_on(4, 3.8, 3.6, 4), row_on(2, 1.9, 1.8, 2)};
    struct summary summaries[] = {
        summary_given("serial", 1, only(24), only(1)),
        summary_given("pool", 2, only(12), only(2)),
        summary_given("pool", 4, only(24 / measured), only(measured)),
        summary_given("fork", 4, only(24), only(1)),
    };
    struct result_set set = {.summaries = summaries, .count = 4};
    char text[BET_TEXT];
    snprintf(set.machine.verdict, sizeof set.machine.verdict, "%s", verdict);
    bet_text(&set, rows, 2, text);
    if (!strstr(text, "Forecast before measuring, from 5 runs on 1 worker: pool on 4 workers 3.80 "
                      "times as fast (3.60-4.00, single runs). Measured: ") ||
        !strstr(text, wanted))
        fail_msg("%s", text);
    set.count = 2; /* not measured on 4, so that on 2 counts */
    bet_text(&set, rows, 2, text);
    assert_non_null(strstr(text, "pool on 2 workers 1.90 times"));
    set.count = 1;
    bet_text(&set, rows, 2, text);
    assert_string_equal(text, "");
}

static void a_bet_is_won_or_lost(void **unused)
{
    (void)unused;
    assert_said(3.7, "fit to post", "Measured: 3.70, as forecast.");
    assert_said(3.5, "fit to post", "Measured: 3.50, which is less: what workers take from each");
    assert_said(4.1, "", "Measured: 4.10, which is more: ");
    assert_said(3.5, "disturbed: others", "Measured: 3.50; but see the verdict.");
}

static void what_is_written_is_read(void **unused)
{
    (void)unused;
    const struct forecast_row rows[] = {row_on(4, 3.8, 3.6, 4), row_on(2, 1.9, 1.8, 2)};
    const struct machine_facts machine = {.benchmark = "0123456789"};
    struct forecast_row *read;
    struct error error;
    size_t count = 7;
    assert_int_equal(forecasts_read(".", &read, &count, &error), 0);
    assert_int_equal(count, 0);
    assert_int_equal(forecasts_write(".", &machine, rows, 2, &error), 0);
    assert_int_equal(forecasts_read(".", &read, &count, &error), 0);
    assert_int_equal(count, 2);
    assert_int_equal(read[0].workers, 4);
    assert_int_equal(read[1].from_runs, 5);
    assert_true(read[1].forecast.speedup.low == 1.8);
    assert_true(read[0].forecast.wall_s.high > 6.66 && read[0].forecast.wall_s.high < 6.67);
    assert_string_equal(read[0].strategy, "pool");
    free(read);
    assert_int_equal(forecasts_write(".", &machine, NULL, 0, &error), 0);
    assert_int_equal(scratch_count("."), 0); /* none is none */
}

static char *band_of(const struct forecast_row *rows, size_t count)
{
    char *text = NULL;
    size_t size;
    struct error error;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    assert_int_equal(bands_write(stream, rows, count, &error), 0);
    fclose(stream);
    return text;
}

static void the_band_rises_with_the_workers(void **unused)
{
    (void)unused;
    const struct forecast_row rows[] = {row_on(4, 3.8, 3.6, 4), row_on(2, 1.9, 1.8, 2)};
    char *text = band_of(rows, 2);
    assert_non_null(strstr(text, "$speedup_band << END\n2 1.8 2\n4 3.6 4\nEND\n"));
    free(text);
    text = band_of(rows, 1); /* no band between one point and itself */
    assert_string_equal(text, "");
    free(text);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bet_is_won_or_lost),
        TEST(what_is_written_is_read),
        cmocka_unit_test(the_band_rises_with_the_workers),
    };
    return cmocka_run_group_tests_name("bet text", tests, NULL, NULL);
}

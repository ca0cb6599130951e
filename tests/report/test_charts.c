/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The numbers that the graphs show: what follows from summaries made by hand has to be in the data
 * that gnuplot gets. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/report/graphs/charts.h"
#include "harness/report/graphs/timeline.h"
#include "harness/report/graphs/titles.h"
#include "harness/report/graphs/usage.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"
#include "tests/support/summaries.h"

static const struct estimate ONE = {1, 1, 1}, SERIAL_S = {24, 23, 25};

static FILE *open_settings(void)
{
    FILE *settings = fopen("settings.gp", "w");
    assert_non_null(settings);
    return settings;
}

static void assert_has(const char *text)
{
    size_t count;
    char *whole = scratch_read("settings.gp", &count);
    if (!strstr(whole, text))
        fail_msg("'%s' is not in: %s", text, whole);
    free(whole);
}

static void draw(struct summary *summaries, size_t count)
{
    struct error error;
    struct result_set set = {.summaries = summaries, .count = count};
    FILE *settings = open_settings();
    assert_int_equal(charts_write(settings, &set, &error), 0);
    assert_int_equal(fclose(settings), 0);
}

/* The fourth of a line is a colour, or there is none. */
static void assert_line(const char *block, double x, double y, double z)
{
    char beginning[64];
    size_t count;
    char *whole = scratch_read("settings.gp", &count);
    snprintf(beginning, sizeof beginning, "\n$%s << END\n", block);
    const char *at = strstr(whole, beginning);
    const char *end = at ? strstr(at, "\nEND\n") : NULL;
    if (!end)
        fail_msg("no %s in: %s", block, whole);
    bool found = false;
    for (at += strlen(beginning); at < end && !found; at = strchr(at, '\n') + 1) {
        double numbers[3] = {0, 0, 0};
        sscanf(at, "%lf %lf %lf", &numbers[0], &numbers[1], &numbers[2]);
        found = fabs(numbers[0] - x) < 0.3 && fabs(numbers[1] - y) < 1e-6 &&
                (isnan(z) || fabs(numbers[2] - z) < 1e-6);
    }
    if (!found)
        fail_msg("%s has no line %g %g %g; it is: %s", block, x, y, z, whole);
    free(whole);
}

/* On 4 workers 8 s, on 2 workers 15 s, in falling order. */
static void every_graph_has_its_figure(void **unused)
{
    (void)unused;
    struct summary summaries[] = {
        summary_given("serial", 1, SERIAL_S, ONE),
        summary_given("pool", 4, (struct estimate){8, 7, 9}, (struct estimate){3, 2.5, 3.5}),
        summary_given("pool", 2, (struct estimate){15, 14, 16}, (struct estimate){1.6, 1.5, 1.7}),
    };
    summaries[0].ceiling = 1;
    summaries[1].ceiling = 3.75;
    summaries[2].ceiling = 2;
    draw(summaries, 3);
    assert_has("\n$speedup << END\n1 1\n\n\n2 1.6\n4 3\nEND\n");
    assert_has("\n$walltime << END\n1 24\n\n\n2 15\n4 8\nEND\n");
    assert_has("\n$efficiency << END\n1 1\n\n\n2 0.8\n4 0.75\nEND\n");
    assert_line("speedup_whiskers", 4, 2.5, 3.5);
    assert_line("efficiency_whiskers", 4, 2.5 / 4, 3.5 / 4);
    assert_line("walltime_whiskers", 4, 7, 9);
}

/* The third number of a limit's line; the first two are its ends, 4 - 0.1 and 4 + 0.1. */
static void limits_are_what_counting_allows(void **unused)
{
    (void)unused;
    struct summary summaries[] = {
        summary_given("serial", 1, SERIAL_S, ONE),
        summary_given("pool", 4, (struct estimate){8, 7, 9}, (struct estimate){3, 2.5, 3.5}),
    };
    static const struct {
        const char *block;
        double limit;
    } cases[] = {
        {"speedup_limits", 3.75}, {"efficiency_limits", 3.75 / 4}, {"walltime_limits", 24 / 3.75}};
    summaries[0].ceiling = 1;
    summaries[1].ceiling = 3.75;
    draw(summaries, 2);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char beginning[64];
        double low = 0, high = 0, limit = 0;
        size_t count;
        char *whole = scratch_read("settings.gp", &count);
        snprintf(beginning, sizeof beginning, "\n$%s << END\n", cases[i].block);
        const char *at = strstr(whole, beginning), *end = at ? strstr(at, "\nEND\n") : NULL;
        assert_non_null(end);
        while (end[-1] != '\n') /* the last line */
            end--;
        assert_int_equal(sscanf(end, "%lf %lf %lf", &low, &high, &limit), 3);
        assert_true(low < 4 && high > 4 && fabs(limit - cases[i].limit) < 1e-6);
        free(whole);
    }
}

/* Operations are counted, so a time that is 10 % longer is a speed that is 10 % lower. */
static void gflops_are_as_sure_as_the_time(void **unused)
{
    (void)unused;
    struct summary summaries[] = {
        summary_given("serial", 1, SERIAL_S, ONE),
        summary_given("blas", 4, (struct estimate){8, 5, 10}, (struct estimate){3, 2.4, 4.8}),
    };
    summaries[0].gflops = 1;
    summaries[1].gflops = 40;
    draw(summaries, 2);
    assert_line("blas_gflops_whiskers", 4, 32, 64);
}

static void what_is_not_ok_is_in_no_graph(void **unused)
{
    (void)unused;
    struct summary summaries[] = {
        summary_given("serial", 1, SERIAL_S, ONE),
        summary_given("pool", 4, only(8), only(3)),
        summary_given("fork", 4, only(4), only(6)),
    };
    summaries[2].status = RUN_WRONG;
    draw(summaries, 3);
    assert_has("\n$speedup << END\n1 1\n\n\n4 3\nEND\n");
}

static void a_quota_is_where_the_machine_ends(void **unused)
{
    (void)unused;
    struct summary summary = summary_given("serial", 1, SERIAL_S, ONE);
    struct result_set set = {.summaries = &summary, .count = 1};
    set.machine.cores = 8;
    set.machine.threads = 16;
    FILE *settings = open_settings();
    titles_write(settings, &set);
    fclose(settings);
    assert_has("\ncores = 8\nthreads = 16\nall_cores = 16\n");
    set.machine.quota = 2.5;
    settings = open_settings();
    titles_write(settings, &set);
    fclose(settings);
    assert_has("\ncores = 2.5\nthreads = 0\nall_cores = 2.5\n");
}

static void put_trace(struct trace_row *row, int workers, int task, int worker, double start_s,
                      double end_s)
{
    *row = (struct trace_row){.workers = workers,
                              .task = task,
                              .time = {.worker = worker, .start_s = start_s, .end_s = end_s}};
    strcpy(row->strategy, "pool");
    strcpy(row->filter, "highpass");
}

/* Of the runs on 2 and on 3 workers the one on 3 is shown; each task is a bar in its worker's row. */
static void a_timeline_has_a_bar_for_each_task(void **unused)
{
    (void)unused;
    struct trace_row rows[5];
    struct error error;
    int made;
    put_trace(&rows[0], 2, 0, 0, 0, 9);
    put_trace(&rows[1], 3, 0, 0, 0, 2);
    put_trace(&rows[2], 3, 1, 2, 1, 4);
    put_trace(&rows[3], 3, 2, 0, 2.5, 3);
    put_trace(&rows[4], 2, 1, 1, 0, 8);
    FILE *settings = open_settings();
    assert_int_equal(timeline_write(settings, rows, 5, &made, &error), 0);
    fclose(settings);
    assert_int_equal(made, 1);
    assert_has("timeline_workers = \"3\"");
    assert_has("timeline_edge = 4\n");
    assert_line("timeline", 0, 2, 0.06);
    assert_line("timeline", 1, 4, 2.06);
    assert_line("timeline", 2.5, 3, 0.06);
}

static void usage_is_in_percent_and_mib(void **unused)
{
    (void)unused;
    struct resources_row rows[3] = {
        {.workers = 2, .reading = {.time_s = 1, .cpu_percent = 150, .memory_kib = 2048}},
        {.workers = 2, .reading = {.time_s = 2, .cpu_percent = 180, .memory_kib = 4096}},
        {.workers = 1, .reading = {.time_s = 1, .cpu_percent = 90, .memory_kib = 1024}}};
    int made;
    for (int i = 0; i < 3; i++)
        strcpy(rows[i].strategy, "pool");
    FILE *settings = open_settings();
    usage_write(settings, rows, 3, &made);
    fclose(settings);
    assert_int_equal(made, 1);
    assert_has("$resources << END\n1 150 2\n2 180 4\nEND\n");
    settings = open_settings();
    usage_write(settings, rows, 1, &made); /* one reading makes no line */
    fclose(settings);
    assert_int_equal(made, 0);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        TEST(every_graph_has_its_figure),        TEST(limits_are_what_counting_allows),
        TEST(gflops_are_as_sure_as_the_time),    TEST(what_is_not_ok_is_in_no_graph),
        TEST(a_quota_is_where_the_machine_ends), TEST(a_timeline_has_a_bar_for_each_task),
        TEST(usage_is_in_percent_and_mib),
    };
    return cmocka_run_group_tests_name("charts", tests, NULL, NULL);
}

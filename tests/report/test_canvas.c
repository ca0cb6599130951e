/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where points, whiskers, ticks and names of a chart come to stand. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/report/graphs/chart/canvas.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"

#define NONE ((double)NAN)
enum { BOTTOM = 150, TOP = 700 };

static bool near(double value, double expected)
{
    return fabs(value - expected) < 1e-6;
}

static void labels_move_apart_and_no_further(void **unused)
{
    (void)unused;
    /* 10 and 11 share what is missing; 50 is far from both. */
    double at[] = {50, 11, 10};
    layout_spread(at, 3, 5, 0, 100);
    assert_true(near(at[0], 50) && near(at[1], 13) && near(at[2], 8));
    /* Against the end: all of them give way, in their order. */
    double end[] = {99, 100, 98};
    layout_spread(end, 3, 4, 0, 100);
    assert_true(near(end[1], 100) && near(end[0], 96) && near(end[2], 92));
    /* A block that grows pushes the next one. */
    double chain[] = {10, 10, 10, 16};
    layout_spread(chain, 4, 5, 0, 100);
    for (int i = 1; i < 4; i++)
        assert_true(near(chain[i] - chain[i - 1], 5));
    assert_true(near(chain[0] + chain[3], 2 * 11.5));
    /* No room: what there is, evenly. */
    double many[] = {1, 1, 1, 1, 1};
    layout_spread(many, 5, 50, 0, 100);
    for (int i = 0; i < 5; i++)
        assert_true(near(many[i], 25 * i));
}

static void numbers_that_would_touch_are_left_out(void **unused)
{
    (void)unused;
    const double at[] = {0, 50, 90, 120, 130};
    bool labelled[5];
    layout_thin(at, 5, 40, labelled);
    assert_true(labelled[4] && !labelled[3] && labelled[2] && labelled[1] && labelled[0]);
}

static void an_axis_goes_both_ways(void **unused)
{
    (void)unused;
    struct axis even = {.low = 0, .high = 10, .begin = 100, .end = 300};
    assert_true(near(axis_pixel(&even, 2.5), 150) && near(axis_value(&even, 150), 2.5));
    struct axis logarithmic = {.low = 1, .high = 16, .begin = 0, .end = 400, .log = true};
    assert_true(near(axis_pixel(&logarithmic, 4), 200) && near(axis_value(&logarithmic, 300), 8));
}

/* serial on 1; two strategies with intervals, on the same numbers of workers. */
static struct chart_point serial[] = {{1, 1, 1, 1, 1}};
static struct chart_point one[] = {{1, 0.9, 0.8, 1, 1}, {16, 12, 11, 12.5, 12.5}};
static struct chart_point other[] = {{1, 0.9, 0.8, 1, 1}, {16, 11, 10, 12, 12.5}};

static struct chart chart_of(struct chart_line *lines, int count)
{
    return (struct chart){.name = "speedup",
                          .lines = lines,
                          .line_count = count,
                          .log_when_many = true,
                          .low = 1,
                          .high = 16,
                          .bottom = BOTTOM,
                          .top = TOP};
}

static void only_whiskers_are_moved_and_by_pixels(void **unused)
{
    (void)unused;
    struct chart_line lines[] = {{.name = "serial", .points = serial, .count = 1},
                                 {.name = "one", .points = one, .count = 2},
                                 {.name = "other", .points = other, .count = 2}};
    struct chart chart = chart_of(lines, 3);
    struct canvas canvas;
    assert_true(canvas_lay_out(&canvas, &chart));
    assert_true(canvas.x.log && canvas.y.log);
    assert_int_equal(canvas.worker_count, 2);
    double point = axis_pixel(&canvas.x, 16);
    double left = axis_pixel(&canvas.x, canvas_whisker(&canvas, 1, &one[1])),
           right = axis_pixel(&canvas.x, canvas_whisker(&canvas, 2, &other[1]));
    assert_true(near(left, point - 3.5) && near(right, point + 3.5));
    /* The only one at its place is not moved. */
    chart.line_count = 2;
    assert_true(canvas_lay_out(&canvas, &chart));
    assert_true(near(canvas_whisker(&canvas, 1, &one[1]), 16));
    assert_false(canvas_has_whisker(&serial[0]));
}

static void the_axis_is_even_up_to_eight_workers(void **unused)
{
    (void)unused;
    struct chart_point points[] = {{1, 1, NONE, NONE, 1}, {8, 7, NONE, NONE, 8}};
    struct chart_line line = {.name = "pool", .points = points, .count = 2};
    struct chart chart = chart_of(&line, 1);
    struct canvas canvas;
    assert_true(canvas_lay_out(&canvas, &chart));
    assert_false(canvas.x.log || canvas.y.log);
    assert_true(canvas.x.low == 0 && canvas.x.high > 8 && canvas.x.high < 8.5);
    points[1].workers = 9;
    assert_true(canvas_lay_out(&canvas, &chart));
    assert_true(canvas.x.log);
}

static void names_stand_at_the_ends_of_their_lines(void **unused)
{
    (void)unused;
    struct chart_line lines[] = {{.name = "serial", .points = serial, .count = 1},
                                 {.name = "one", .points = one, .count = 2},
                                 {.name = "other", .points = other, .count = 2}};
    struct chart chart = chart_of(lines, 3);
    struct canvas canvas;
    assert_true(canvas_lay_out(&canvas, &chart));
    assert_true(canvas.labels[0].left && !canvas.labels[1].left && !canvas.labels[2].left);
    assert_true(near(canvas.labels[0].y, axis_pixel(&canvas.y, 1)));
    /* 12 is above 11, and the names do not overlap. */
    assert_true(canvas.labels[1].y - canvas.labels[2].y >= canvas.name_gap - 1e-6);
    assert_true(canvas.name_gap > 1.2 * 16 * 4 / 3.0);
    assert_true(canvas.right_names > axis_pixel(&canvas.x, 16));
}

/* On 4 workers the ceiling is 2, on 2 and 8 it is 2 and 8. A line from 2 to 8 without a point at 4
 * would pass above it. */
static void no_line_passes_a_ceiling(void **unused)
{
    (void)unused;
    struct chart_point whole[] = {
        {2, 1.5, NONE, NONE, 2}, {4, 1.9, NONE, NONE, 2}, {8, 6, NONE, NONE, 8}};
    struct chart_point holed[] = {{2, 2, NONE, NONE, 2}, {8, 8, NONE, NONE, 8}};
    struct chart_line lines[] = {{.name = "pool", .points = whole, .count = 3},
                                 {.name = "fork", .points = holed, .count = 2}};
    struct chart chart = chart_of(lines, 2);
    struct canvas canvas;
    struct error error;
    double begin, end;
    size_t count;
    assert_true(canvas_lay_out(&canvas, &chart));
    assert_true(canvas_passes_limit(&canvas, &holed[0], &holed[1]));
    assert_false(canvas_passes_limit(&canvas, &whole[1], &whole[2]));
    /* The line from (4, 1.9) on would run over the right half of the tick at 2, so there is none. */
    canvas_tick(&canvas, 4, 2, &begin, &end);
    double middle = axis_pixel(&canvas.x, 4);
    assert_true(middle - begin > 2 * (end - middle) && end > middle);

    FILE *settings = fopen("settings.gp", "w");
    assert_non_null(settings);
    assert_int_equal(chart_write(settings, &chart, &error), 0);
    fclose(settings);
    char *text = scratch_read("settings.gp", &count);
    assert_non_null(strstr(text, "$speedup << END\n2 1.5\n4 1.9\n8 6\n\n\n2 2\n\n8 8\nEND\n"));
    assert_non_null(strstr(text, "\nspeedup_name_2 = \"fork\"\n"));
    assert_non_null(strstr(text, "\nspeedup_workers = \"2 4 8\"\nspeedup_tics = \"1 1 1\"\n"));
    free(text);
}

/* Of times the limit is the least. */
static void times_are_limited_from_below(void **unused)
{
    (void)unused;
    struct chart_point points[] = {
        {1, 8, NONE, NONE, 8}, {2, 5, NONE, NONE, 5}, {3, 5, NONE, NONE, 4}};
    struct chart_line line = {.name = "pool", .points = points, .count = 3};
    struct chart chart = chart_of(&line, 1);
    struct canvas canvas;
    chart.limit_is_least = true;
    assert_true(canvas_lay_out(&canvas, &chart));
    struct chart_point low = {3, 1.5, NONE, NONE, NONE};
    assert_true(canvas_passes_limit(&canvas, &points[0], &low)); /* 4.75 at 2, where 5 is least */
    low.value = 2.5;
    assert_false(canvas_passes_limit(&canvas, &points[0], &low)); /* 5.25 */
}

/* 0 is black, 255 white (Rec. 601). */
static double grey_of(const char *label)
{
    unsigned colour = style_of(label).colour;
    return 0.299 * (colour >> 16) + 0.587 * (colour >> 8 & 0xff) + 0.114 * (colour & 0xff);
}

static void no_two_strategies_look_alike(void **unused)
{
    (void)unused;
    static const char *const names[] = {
        "serial",       "fork",         "fork-pipe", "pthreads",    "pool",
        "process-pool", "openmp",       "blas",      "global-lock", "spawn",
        "programs",     "gnu-parallel", "mpi",       "mine",        "global-lock released"};
    enum { COUNT = sizeof names / sizeof names[0] };
    for (int i = 0; i < COUNT; i++)
        for (int k = 0; k < i; k++) {
            assert_int_not_equal(style_of(names[i]).colour, style_of(names[k]).colour);
            assert_int_not_equal(style_of(names[i]).shape, style_of(names[k]).shape);
        }
    struct style pool = style_of("pool"), layered = style_of("pool+blas4");
    assert_int_equal(pool.colour, layered.colour);
    assert_true(pool.shape == 7 && layered.shape == 6); /* a circle, filled and open */
    assert_int_equal(style_of("serial+blas4").shape, style_of("serial").shape);
    assert_int_equal(style_of("process-pool+blas4").shape, 7);
    assert_int_not_equal(pool.dash, layered.dash);
    assert_int_not_equal(style_of("global-lock held").dash, style_of("global-lock released").dash);
    assert_int_equal(style_of("global-lock held").shape, style_of("global-lock").shape);
    /* In grey, too. */
    assert_true(grey_of("global-lock released") - grey_of("global-lock held") > 40);
    assert_int_equal(style_of("global-lock released+blas4").colour,
                     style_of("global-lock released").colour);
    assert_int_equal(style_of("nobody's").colour, style_of("nobody's").colour);
    assert_int_equal(style_lighter(0x000000), 0x666666);
    assert_int_equal(style_lighter(0xff8000), 0xffb266);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_move_apart_and_no_further),
        cmocka_unit_test(numbers_that_would_touch_are_left_out),
        cmocka_unit_test(an_axis_goes_both_ways),
        cmocka_unit_test(only_whiskers_are_moved_and_by_pixels),
        cmocka_unit_test(the_axis_is_even_up_to_eight_workers),
        cmocka_unit_test(names_stand_at_the_ends_of_their_lines),
        cmocka_unit_test_setup_teardown(no_line_passes_a_ceiling, scratch_enter, scratch_leave),
        cmocka_unit_test(times_are_limited_from_below),
        cmocka_unit_test(no_two_strategies_look_alike),
    };
    return cmocka_run_group_tests_name("canvas", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The picture of the first image: how it is shrunk, and where its colours begin and end. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/report/graphs/preview.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"

/* A value of the settings, by its name. */
static double setting(const char *name)
{
    char beginning[40];
    size_t count;
    char *text = scratch_read("settings.gp", &count);
    snprintf(beginning, sizeof beginning, "%s = ", name);
    const char *at = strstr(text, beginning);
    if (!at)
        fail_msg("no %s in: %s", name, text);
    double value = strtod(at + strlen(beginning), NULL);
    free(text);
    return value;
}

/* Draws the two images; the pixels that gnuplot gets, to be freed. */
static double *draw(const struct image *original, const struct image *filtered, size_t *count)
{
    struct error error;
    int made = 0;
    size_t bytes;
    assert_int_equal(preview_keep(".", original, filtered, &error), 0);
    FILE *settings = fopen("settings.gp", "w");
    assert_non_null(settings);
    assert_int_equal(preview_write(".", settings, &made, &error), 0);
    fclose(settings);
    assert_int_equal(made, 1);
    double *pixels = (double *)(void *)scratch_read("image.bin", &bytes);
    *count = bytes / sizeof *pixels;
    return pixels;
}

/* 1201 x 6 pixels, each its row: squares of 3 x 3 become their means, 1, 4, 7, ... */
static void a_large_image_is_shrunk_to_means(void **unused)
{
    (void)unused;
    enum { NY = 1201, NX = 6 };
    static double rows[NY * NX], twice[NY * NX];
    size_t count;
    for (size_t i = 0; i < NY * NX; i++) {
        rows[i] = (double)(i / NX);
        twice[i] = 2 * rows[i];
    }
    double *drawn = draw(&(struct image){.ny = NY, .nx = NX, .pixels = rows},
                         &(struct image){.ny = NY, .nx = NX, .pixels = twice}, &count);
    assert_int_equal(count, 2 * 400 * 2);
    assert_true(setting("image_ny") == 400);
    assert_true(setting("image_nx") == 2);
    for (size_t y = 0; y < 400; y++) {
        assert_true(fabs(drawn[2 * y + 1] - (3 * (double)y + 1)) < 1e-9);
        assert_true(fabs(drawn[800 + 2 * y] - 2 * (3 * (double)y + 1)) < 1e-9);
    }
    free(drawn);
}

/* Twice 599 pixels 0 ... 598 and one of a million: the colours end where most pixels do, after 0.5 % of the
 * 599 steps from the first to the last and before the last 0.5 %. */
static void a_hot_pixel_does_not_make_the_rest_black(void **unused)
{
    (void)unused;
    enum { NX = 600 };
    static double values[2 * NX], nothing[2 * NX];
    size_t count;
    for (size_t i = 0; i < 2 * NX; i++)
        values[i] = (double)(i % NX);
    values[NX - 1] = values[2 * NX - 1] = 1e6;
    double *drawn = draw(&(struct image){.ny = 2, .nx = NX, .pixels = values},
                         &(struct image){.ny = 2, .nx = NX, .pixels = nothing}, &count);
    assert_int_equal(count, 4 * NX);
    assert_true(fabs(setting("image_low") - 2.995) < 1e-6);
    assert_true(fabs(setting("image_high") - 596.005) < 1e-6);
    /* All alike: gnuplot wants a range that is not empty. */
    assert_true(setting("filtered_low") == -0.5);
    assert_true(setting("filtered_high") == 0.5);
    free(drawn);
}

/* The numbers of a colour bar are short, and its unit says what they stand for. What gnuplot would
 * take for an empty range (two neighbours of double precision) is widened. */
static void a_colour_bar_has_a_unit(void **unused)
{
    (void)unused;
    static double tiny[] = {-6e-18, 0, 1e-18, 3e-18}, alike[] = {20, 20, 20, 20.000000000000004};
    size_t count;
    double *drawn = draw(&(struct image){.ny = 2, .nx = 2, .pixels = tiny},
                         &(struct image){.ny = 2, .nx = 2, .pixels = alike}, &count);
    assert_true(fabs(drawn[0] + 6) < 1e-9 && fabs(drawn[3] - 3) < 1e-9);
    assert_true(setting("image_low") < -5.8 && setting("image_low") > -6);
    assert_true(fabs(setting("filtered_low") - 10) < 1e-9);
    assert_true(fabs(setting("filtered_high") - 30) < 1e-9);
    free(drawn);
    char *text = scratch_read("settings.gp", &count);
    assert_non_null(strstr(text, "image_unit = \"pixel value (arbitrary units of 10"
                                 "\\342\\201\\273\\302\\271\\342\\201\\270)\""));
    assert_non_null(strstr(text, "filtered_unit = \"pixel value (arbitrary units)\""));
    free(text);
}

static void without_both_images_there_is_no_picture(void **unused)
{
    (void)unused;
    static double pixel[1];
    struct image image = {.ny = 1, .nx = 1, .pixels = pixel};
    struct error error;
    int made = 1;
    assert_int_equal(preview_keep(".", &image, &image, &error), 0);
    assert_int_equal(remove("filtered.fits"), 0);
    assert_int_equal(preview_write(".", stdout, &made, &error), 0);
    assert_int_equal(made, 0);
    assert_int_equal(preview_keep(".", &image, &image, &error), 0);
    assert_int_equal(preview_forget(".", &error), 0);
    assert_int_equal(scratch_count("."), 0);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        TEST(a_large_image_is_shrunk_to_means),
        TEST(a_hot_pixel_does_not_make_the_rest_black),
        TEST(a_colour_bar_has_a_unit),
        TEST(without_both_images_there_is_no_picture),
    };
    return cmocka_run_group_tests_name("preview", tests, NULL, NULL);
}

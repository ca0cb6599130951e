/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fake images against NumPy's: tests/reference/fake.txt. */
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "generator/fake.h"

static const double TOLERANCE = 1e-12; /* of the largest pixel */

/* An image made with a plan and a workspace of its own, in memory that held something else. */
static struct image make_image(size_t ny, size_t nx, uint32_t seed)
{
    struct error error = {""};
    struct image image = {0};
    struct fake_plan *plan = fake_plan_create(ny, nx, &error);
    struct fake_workspace *workspace = plan ? fake_workspace_create(plan, &error) : NULL;
    if (!workspace || image_create(&image, ny, nx, &error) != 0)
        fail_msg("%s", error.text);
    for (size_t i = 0; i < ny * nx; i++)
        image.pixels[i] = 1e300;
    if (fake_image(plan, workspace, seed, &image, &error) != 0)
        fail_msg("%s", error.text);
    fake_workspace_destroy(workspace);
    fake_plan_destroy(plan);
    return image;
}

static double root_mean_square(const struct image *image)
{
    double squares = 0;
    for (size_t i = 0; i < image->ny * image->nx; i++)
        squares += image->pixels[i] * image->pixels[i];
    return sqrt(squares / (double)(image->ny * image->nx));
}

static void compare_pixels(FILE *file, const struct image *image, double largest, int pixels)
{
    size_t y, x;
    double expected;
    for (int i = 0; i < pixels; i++) {
        assert_int_equal(fscanf(file, "%zu %zu %lf", &y, &x, &expected), 3);
        double pixel = image->pixels[y * image->nx + x];
        if (isnan(expected) ? !isnan(pixel) : !(fabs(pixel - expected) <= TOLERANCE * largest))
            fail_msg("%zu x %zu, pixel (%zu, %zu): %.17g instead of %.17g", image->ny, image->nx, y,
                     x, pixel, expected);
    }
}

static void test_equals_numpy(void **state)
{
    (void)state;
    FILE *file = fopen("tests/reference/fake.txt", "r");
    size_t ny, nx;
    unsigned long seed;
    double largest, rms;
    int pixels, images = 0;
    if (!file)
        fail_msg("tests/reference/fake.txt is missing: run the tests from the top directory");
    while (fscanf(file, "%zu %zu %lu %lf %lf %d", &ny, &nx, &seed, &largest, &rms, &pixels) == 6) {
        struct image image = make_image(ny, nx, (uint32_t)seed);
        compare_pixels(file, &image, largest, pixels);
        /* The pixels between those that were compared. */
        if (!isnan(rms))
            assert_true(fabs(root_mean_square(&image) - rms) <= TOLERANCE * rms);
        image_destroy(&image);
        images++;
    }
    assert_true(feof(file));
    assert_int_equal(images, 42);
    fclose(file);
}

enum { THREADS = 4, IMAGES = 3, NY = 61, NX = 150 };

struct share {
    const struct fake_plan *plan;
    pthread_t thread;
    struct image images[IMAGES];
    int failed;
};

static void *make_images(void *argument)
{
    struct share *share = argument;
    struct error error;
    struct fake_workspace *workspace = fake_workspace_create(share->plan, &error);
    share->failed = !workspace;
    for (uint32_t i = 0; i < IMAGES && !share->failed; i++)
        share->failed = fake_image(share->plan, workspace, i, &share->images[i], &error);
    fake_workspace_destroy(workspace);
    return NULL;
}

/* Threads that share a plan and use their workspaces again and again get exactly the bits that one
 * gets alone. */
static void test_same_bits_whoever_makes_them(void **state)
{
    (void)state;
    struct error error;
    struct share shares[THREADS];
    struct fake_plan *plan = fake_plan_create(NY, NX, &error);
    assert_non_null(plan);
    memset(shares, 0, sizeof shares);
    for (int t = 0; t < THREADS; t++) {
        shares[t].plan = plan;
        for (int i = 0; i < IMAGES; i++)
            assert_int_equal(image_create(&shares[t].images[i], NY, NX, &error), 0);
    }
    for (int t = 0; t < THREADS; t++)
        assert_int_equal(pthread_create(&shares[t].thread, NULL, make_images, &shares[t]), 0);
    for (int t = 0; t < THREADS; t++)
        pthread_join(shares[t].thread, NULL);
    for (int i = 0; i < IMAGES; i++) {
        struct image alone = make_image(NY, NX, (uint32_t)i);
        for (int t = 0; t < THREADS; t++) {
            assert_int_equal(shares[t].failed, 0);
            assert_memory_equal(shares[t].images[i].pixels, alone.pixels, image_bytes(NY, NX));
            image_destroy(&shares[t].images[i]);
        }
        image_destroy(&alone);
    }
    fake_plan_destroy(plan);
}

static void test_seeds_make_different_images(void **state)
{
    (void)state;
    struct image a = make_image(20, 30, 1), b = make_image(20, 30, 2);
    assert_true(a.pixels[77] != b.pixels[77]);
    image_destroy(&a);
    image_destroy(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equals_numpy),
        cmocka_unit_test(test_same_bits_whoever_makes_them),
        cmocka_unit_test(test_seeds_make_different_images),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

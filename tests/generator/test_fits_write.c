/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing FITS files: bit for bit, whole or not at all, and by several threads. */
#include <float.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "generator/fits.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"

enum { NY = 2, NX = 3, COUNT = NY * NX };

/* What is written and what is read: bit for bit, the bits of each NaN as well. */
static void test_float64_is_exact(void **state)
{
    (void)state;
    double pixels[] = {0.0,      -0.0,      DBL_TRUE_MIN, -DBL_TRUE_MIN, DBL_MIN / 3, 1e-5,
                       INFINITY, -INFINITY, DBL_MAX,      -DBL_MAX,      1.0 / 3,     NAN,
                       -NAN,     0.1,       0x1p-1060,    -1e-310};
    const uint64_t payload = 0x7ff8000000abcdef;
    enum { SPECIALS = sizeof pixels / sizeof pixels[0] };
    struct image image = {.ny = 4, .nx = SPECIALS / 4, .pixels = pixels}, back;
    struct error error = {""};
    struct stat info;
    memcpy(&pixels[SPECIALS - 2], &payload, sizeof payload);

    assert_int_equal(fits_write_image("a.fits", &image, &error), 0);
    assert_int_equal(fits_read_image("a.fits", &back, &error), 0);
    assert_true(back.ny == image.ny && back.nx == image.nx);
    assert_memory_equal(back.pixels, pixels, sizeof pixels);
    image_destroy(&back);
    /* Whole blocks, readable as other new files are, and no other file. */
    assert_int_equal(stat("a.fits", &info), 0);
    assert_int_equal(info.st_size, 2 * 2880);
    assert_true(info.st_mode & S_IRUSR);
    assert_int_equal(scratch_count("."), 1);
}

/* On failure there is neither a part of a new file nor a change in an old one. */
static void test_failures_leave_nothing_behind(void **state)
{
    (void)state;
    double pixels[COUNT] = {1, 2, 3, 4, 5, 6};
    struct image image = {.ny = NY, .nx = NX, .pixels = pixels}, back;
    struct error error;
    scratch_write("old", "old", 3);
    assert_int_equal(fits_write_image("old/a.fits", &image, &error), -1);
    assert_ptr_equal(strstr(error.text, "old/a.fits: cannot be written"), error.text);
    assert_int_equal(fits_write_image("nowhere/a.fits", &image, &error), -1);
    assert_ptr_equal(strstr(error.text, "nowhere/a.fits: cannot be written"), error.text);
    assert_int_equal(fits_write_filtered("old", &image, "no.fits", "history", &error), -1);
    assert_string_equal(error.text, "no.fits: cannot be read: No such file or directory");
    assert_int_equal(mkdir("directory", 0777), 0);
    assert_int_equal(fits_write_image("directory", &image, &error), -1);
    assert_ptr_equal(strstr(error.text, "directory: cannot be written"), error.text);

    size_t count;
    char *text = scratch_read("old", &count);
    assert_string_equal(text, "old");
    free(text);
    assert_int_equal(scratch_count("."), 2);
    /* And an old file is replaced when all goes well. */
    assert_int_equal(fits_write_image("old", &image, &error), 0);
    assert_int_equal(fits_read_image("old", &back, &error), 0);
    assert_memory_equal(back.pixels, pixels, sizeof pixels);
    image_destroy(&back);
    assert_int_equal(scratch_count("."), 2);
}

enum { THREADS = 8, REPEATS = 25 };

static void *read_and_write(void *argument)
{
    char name[20];
    double pixels[COUNT] = {1, 2, 3, 4, 5, 6};
    struct image image = {.ny = NY, .nx = NX, .pixels = pixels}, back = {0};
    struct error error;
    snprintf(name, sizeof name, "out%d.fits", *(int *)argument);
    for (int repeat = 0; repeat < REPEATS; repeat++) {
        int wrong = fits_read_image("in.fits", &back, &error) != 0 ||
                    memcmp(back.pixels, pixels, sizeof pixels) != 0 ||
                    fits_read_image("no.fits", &image, &error) == 0;
        image_destroy(&back);
        image = (struct image){.ny = NY, .nx = NX, .pixels = pixels};
        if (wrong || fits_write_filtered(name, &image, "in.fits", "history", &error) != 0)
            return NULL;
    }
    return argument;
}

/* No assertions in the threads: cmocka cannot bear them. */
static void test_threads(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    int numbers[THREADS], good = 0;
    void *result;
    double pixels[COUNT] = {1, 2, 3, 4, 5, 6};
    struct image image = {.ny = NY, .nx = NX, .pixels = pixels};
    struct error error;
    assert_int_equal(fits_write_image("in.fits", &image, &error), 0);
    for (int i = 0; i < THREADS; i++) {
        numbers[i] = i;
        assert_int_equal(pthread_create(&threads[i], NULL, read_and_write, &numbers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(threads[i], &result), 0);
        good += result != NULL;
    }
    assert_int_equal(good, THREADS);
    assert_int_equal(scratch_count("."), THREADS + 1);
}

static int start_cfitsio(void **state)
{
    struct error error;
    (void)state;
    return fits_ready(&error);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(test_float64_is_exact),
        IN_SCRATCH(test_failures_leave_nothing_behind),
        IN_SCRATCH(test_threads),
    };
    return cmocka_run_group_tests(tests, start_cfitsio, NULL);
}

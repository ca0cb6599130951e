/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `bench --io files`: images are on the disk, and in memory those that somebody is at. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/base/directory.h"
#include "harness/commands/inputs/inputs.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/program.h"
#include "tests/support/scratch.h"

/* KiB of the largest process so far that a benchmark of this test consisted of. */
static long peak_kib(void)
{
    struct rusage usage;
    assert_int_equal(getrusage(RUSAGE_CHILDREN, &usage), 0);
#ifdef __APPLE__
    usage.ru_maxrss /= 1024;
#endif
    return usage.ru_maxrss;
}

static void assert_fine(struct outcome outcome)
{
    if (outcome.code != 0)
        fail_msg("exit code %d: %s", outcome.code, outcome.err);
    outcome_free(&outcome);
}

static void bench(const char *images)
{
    assert_fine(run_speedup("bench", "--io", "files", "--images", images, "--size", "700x700",
                            "--window", "3", "--rounds", "1", "--strategies", "fork,fork-pipe,pool",
                            "--workers", "2", "--out", images));
}

/* 40 images of 700x700 are 150 MiB: as they were made, their results and the serial ones 450 MiB. */
static void memory_does_not_grow_with_the_images(void **state)
{
    (void)state;
    /* What a sanitizer does not give back at once is none of ours. */
    assert_int_equal(setenv("ASAN_OPTIONS", "quarantine_size_mb=1", 1), 0);
    bench("4");
    long few_kib = peak_kib();
    bench("40");
    long more_kib = peak_kib() - few_kib;
    if (more_kib > 30 * 1024)
        fail_msg("4 images: %ld KiB; 40 images: %ld KiB more", few_kib, more_kib);
    unsetenv("ASAN_OPTIONS");
}

/* The same of images that are in files already, whose shapes may differ. */
static void files_are_read_one_at_a_time(void **state)
{
    enum { FILES = 3 };
    static char directory[] = ".";
    const struct room room = {.directory = directory, .workers = 2};
    struct inputs inputs;
    struct error error;
    char here[PATH_MAX], file[PATH_MAX], *names[FILES];
    (void)state;
    assert_fine(run_speedup("generate", "--count", "2", "--size", "9x8", "--out", "."));
    assert_fine(run_speedup("generate", "--count", "1", "--size", "4x6", "--out", "."));
    static char first[] = "fake_9x8_0.fits", second[] = "fake_4x6_0.fits",
                third[] = "fake_9x8_1.fits";
    names[0] = first;
    names[1] = second;
    names[2] = third;
    assert_int_equal(inputs_read(&inputs, &room, FILES, names, &error), 0);
    assert_non_null(inputs.images[0].pixels);
    assert_null(inputs.images[1].pixels);
    assert_null(inputs.images[2].pixels);
    assert_true(inputs.images[1].ny == 4 && inputs.images[1].nx == 6);
    assert_true(inputs.images[2].ny == 9 && inputs.images[2].nx == 8);
    assert_non_null(realpath(".", here));
    snprintf(file, sizeof file, "%.1000s/%s", here, second);
    assert_string_equal(inputs.files[1], file);
    inputs_free(&inputs);
    assert_int_equal(scratch_count("."), FILES); /* they are the user's */
}

static void files_that_were_made_are_removed(void **state)
{
    enum { FILES = 5 };
    const struct room room = {.directory = ".", .workers = 2};
    struct inputs inputs;
    struct error error;
    (void)state;
    assert_int_equal(inputs_make(&inputs, &room, FILES, 9, 8, 1, 2, &error), 0);
    assert_int_equal(scratch_count(inputs.directory), FILES);
    assert_non_null(inputs.images[0].pixels);
    for (int i = 1; i < FILES; i++)
        assert_true(!inputs.images[i].pixels && inputs.images[i].ny == 9 &&
                    inputs.images[i].nx == 8);
    inputs_free(&inputs);
    assert_int_equal(scratch_count("."), 0);
    inputs_free(&inputs); /* once more does no harm */
}

/* Not even a byte of them has been written then. */
static void what_does_not_fit_is_said_before(void **state)
{
    (void)state;
    const struct room disk = {.directory = "nosuch/directory", .workers = 2};
    const struct room workers = {.directory = ".", .workers = 4000000};
    const struct demand read = {.images = 1e6, .pixels = 1e15, .largest = 1e9, .read = true};
    const struct demand many = {.images = 1000, .pixels = 1, .largest = 1e13};
    struct error error;
    struct outcome outcome = run_speedup("bench", "--io", "files", "--images", "100000", "--size",
                                         "20000x20000", "--strategies", "pool", "--out", "r");
    assert_int_equal(outcome.code, 1);
    if (!strstr(outcome.err,
                "speedup: images: 894071.3 GiB on the disk of r are needed (24 bytes a "
                "pixel), and "))
        fail_msg("%s", outcome.err);
    assert_null(strstr(outcome.err, "fake images"));
    outcome_free(&outcome);

    assert_true(directory_free_bytes("nosuch/directory") > 0);
    assert_int_equal(room_check(&disk, &read, "a.fits", &error), -1);
    assert_non_null(strstr(error.text, "a.fits: 14901171.9 GiB on the disk of nosuch/directory are "
                                       "needed (16 bytes a pixel), and "));
    assert_int_equal(room_check(&workers, &many, "images", &error), -1);
    if (!strstr(error.text, "are needed (16 bytes a pixel in each of 1000 workers), and "))
        fail_msg("%s", error.text);
}

static void the_plan_knows_of_the_disk_too(void **state)
{
    (void)state;
    struct outcome outcome = run_speedup("bench", "--dry-run", "--io", "files", "--images",
                                         "100000", "--size", "20000x20000", "--out", "r");
    assert_int_equal(outcome.code, 1);
    assert_non_null(strstr(outcome.err, "on the disk of r are needed"));
    outcome_free(&outcome);
    assert_int_equal(scratch_count("."), 0);
}

/* A tolerance, which takes the input too. */
static void a_product_in_files(void **state)
{
    (void)state;
    assert_fine(run_speedup("bench", "--io", "files", "--images", "3", "--size", "20x30",
                            "--filter", "dot", "--rounds", "1", "--strategies", "fork,blas",
                            "--workers", "2", "--out", "r"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_enter, scratch_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(memory_does_not_grow_with_the_images), TEST(files_are_read_one_at_a_time),
        TEST(files_that_were_made_are_removed),     TEST(what_does_not_fit_is_said_before),
        TEST(the_plan_knows_of_the_disk_too),       TEST(a_product_in_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

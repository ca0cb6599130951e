/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Results in files are compared with the serial ones file by file: what is missing, left over, of another
 * shape or different in one pixel is found. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "generator/fits.h"
#include "harness/measure/run/scratch.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"

enum { NY = 5, NX = 4, FILES = 2 };

/* Two files, and a workload of them whose pixels are not in memory. */
struct fixture {
    const struct filter *filter;
    struct workload workload;
    struct scratch scratch;
};

static void write_image(const char *path, size_t ny, size_t nx, double value)
{
    double pixels[NY * NY];
    const struct image image = {ny, nx, pixels};
    struct error error;
    for (size_t i = 0; i < ny * nx; i++)
        pixels[i] = value + (double)i;
    if (fits_write_image(path, &image, &error) != 0)
        fail_msg("%s", error.text);
}

/* What a run would have left: results of the values 10, 11, 12, .. and 20, 21, 22, .. */
static void write_results(const struct fixture *fixture)
{
    char path[PATH_MAX];
    struct error error;
    for (int i = 0; i < FILES; i++) {
        const struct frame *frame = &fixture->workload.frames[i];
        assert_int_equal(workload_result_path(&fixture->workload, i, path, &error), 0);
        write_image(path, frame->output_ny, frame->output_nx, 10.0 * (i + 1));
    }
}

static void set_up(struct fixture *fixture, const char *filter)
{
    static char one[] = "one.fits", two[] = "two.fits";
    char *const files[] = {one, two};
    const size_t ny[] = {NY, NY}, nx[] = {NX, NX};
    const struct config config = {.workers = 1, .io = IO_FILES};
    struct error error;
    write_image(one, NY, NX, 1);
    write_image(two, NY, NX, 2);
    fixture->filter = filter_find(filter);
    assert_int_equal(scratch_create(&fixture->scratch, ".", FILES, files, &error), 0);
    const struct workload_contents contents = {.io = IO_FILES,
                                               .workers = 1,
                                               .frames = FILES,
                                               .ny = ny,
                                               .nx = nx,
                                               .files = files,
                                               .result_directory = fixture->scratch.directory};
    assert_int_equal(workload_create(&fixture->workload, fixture->filter, &contents, &error), 0);
    workload_prepare(&fixture->workload, fixture->filter, &config);
    assert_null(workload_input(&fixture->workload, 0).pixels);
    assert_null(workload_output(&fixture->workload, 1).pixels);
    write_results(fixture);
    assert_int_equal(scratch_keep_reference(&fixture->scratch, &fixture->workload, &error), 0);
}

static void tear_down(struct fixture *fixture)
{
    workload_destroy(&fixture->workload);
    scratch_destroy(&fixture->scratch);
    assert_int_equal(scratch_count("."), FILES); /* the files themselves */
}

/* `expected` begins behind the path of the second result where it begins with ':'. */
static void assert_found(const struct fixture *fixture, const char *expected)
{
    char path[PATH_MAX] = "";
    struct error error;
    if (*expected == ':')
        assert_int_equal(workload_result_path(&fixture->workload, 1, path, &error), 0);
    assert_int_equal(scratch_check(&fixture->scratch, &fixture->workload, fixture->filter, &error),
                     -1);
    if (strncmp(error.text, path, strlen(path)) != 0 ||
        strcmp(error.text + strlen(path), expected) != 0)
        fail_msg("not '%s%s', but '%s'", path, expected, error.text);
}

static void results_are_compared_file_by_file(void **state)
{
    struct fixture fixture;
    struct error error;
    char second[PATH_MAX];
    (void)state;
    set_up(&fixture, "highpass");
    assert_int_equal(workload_result_path(&fixture.workload, 1, second, &error), 0);

    write_results(&fixture);
    assert_int_equal(scratch_check(&fixture.scratch, &fixture.workload, fixture.filter, &error), 0);
    write_image(second, NY, NX, nextafter(20, 21));
    assert_found(&fixture, "image 1: pixel (0, 0) differs from the serial result");
    write_image(second, NX, NY, 20);
    assert_found(&fixture, ": is of another shape than it should be");
    assert_int_equal(unlink(second), 0);
    assert_found(&fixture, ": cannot be read: No such file or directory");
    tear_down(&fixture);
}

static void results_of_an_earlier_run_are_removed(void **state)
{
    struct fixture fixture;
    struct error error;
    (void)state;
    set_up(&fixture, "highpass");
    write_results(&fixture);
    assert_int_equal(scratch_clear(&fixture.scratch, &fixture.workload, &error), 0);
    assert_int_equal(scratch_count(fixture.scratch.directory), 0);
    assert_int_equal(scratch_count(fixture.scratch.reference), FILES);
    assert_int_equal(scratch_clear(&fixture.scratch, &fixture.workload, &error), 0);
    tear_down(&fixture);
}

static void a_product_may_be_a_rounding_error_away(void **state)
{
    struct fixture fixture;
    struct error error;
    char second[PATH_MAX];
    (void)state;
    set_up(&fixture, "dot");
    assert_int_equal(workload_result_path(&fixture.workload, 1, second, &error), 0);
    write_results(&fixture);
    write_image(second, NY, NY, nextafter(20, 21));
    assert_int_equal(scratch_check(&fixture.scratch, &fixture.workload, fixture.filter, &error), 0);
    write_image(second, NY, NY, 20.001);
    assert_found(&fixture, "image 1: pixel (0, 0) differs from the serial result");
    tear_down(&fixture);
}

static void a_serial_result_that_is_missing_is_no_reference(void **state)
{
    struct fixture fixture;
    struct error error;
    (void)state;
    set_up(&fixture, "highpass");
    assert_int_equal(scratch_keep_reference(&fixture.scratch, &fixture.workload, &error), -1);
    assert_non_null(strstr(error.text, "one_filtered.fits: cannot be read: No such file"));
    tear_down(&fixture);
}

static void files_of_one_name_have_one_result(void **state)
{
    static char one[] = "a/x.fits", two[] = "b/x.fits";
    char *const files[] = {one, two};
    struct scratch scratch;
    struct error error;
    (void)state;
    assert_int_equal(scratch_create(&scratch, ".", FILES, files, &error), -1);
    assert_non_null(strstr(error.text, "has the same name as "));
    scratch_destroy(&scratch);
    assert_int_equal(scratch_count("."), 0);
}

static int start_cfitsio(void **state)
{
    struct error error;
    (void)state;
    return fits_ready(&error);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_enter, scratch_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(results_are_compared_file_by_file),
        TEST(results_of_an_earlier_run_are_removed),
        TEST(a_product_may_be_a_rounding_error_away),
        TEST(a_serial_result_that_is_missing_is_no_reference),
        TEST(files_of_one_name_have_one_result),
    };
    return cmocka_run_group_tests(tests, start_cfitsio, NULL);
}

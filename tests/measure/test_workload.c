/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How near a result has to be to the serial one: to the last bit, or, for filters that go through a
 * BLAS, within their tolerance. */
#include <math.h>
#include <string.h>

#include "filters/matrix/dot.h"
#include "harness/measure/run/workload_check.h"
#include "tests/support/cmocka_all.h"

enum { NY = 5, NX = 4 };

/* A workload of one image under a filter, as if every task had been run, with outputs of 3.0, and
 * the reference for them. */
struct fixture {
    const struct filter *filter;
    struct workload workload;
    struct shared reference;
    struct image output;
};

static void set_up(struct fixture *fixture, const char *name)
{
    struct error error;
    struct config config = {.workers = 1, .grain = GRAIN_IMAGE};
    size_t ny = NY, nx = NX;
    fixture->filter = filter_find(name);
    assert_non_null(fixture->filter);
    const struct workload_contents contents = {.workers = 1, .frames = 1, .ny = &ny, .nx = &nx};
    assert_int_equal(workload_create(&fixture->workload, fixture->filter, &contents, &error), 0);
    workload_prepare(&fixture->workload, fixture->filter, &config);
    for (int i = 0; i < fixture->workload.header->tasks; i++)
        atomic_store(&fixture->workload.stamps[i].times_run, 1);
    fixture->output = workload_output(&fixture->workload, 0);
    for (size_t i = 0; i < fixture->output.ny * fixture->output.nx; i++)
        fixture->output.pixels[i] = 3;
    assert_int_equal(workload_keep_reference(&fixture->workload, &fixture->reference, &error), 0);
}

static void tear_down(struct fixture *fixture)
{
    shared_destroy(&fixture->reference);
    workload_destroy(&fixture->workload);
}

/* The check's verdict when pixel (1, 2) is `value`; afterwards it is right again. */
static int check_with(struct fixture *fixture, double value, struct error *error)
{
    double *pixel = &fixture->output.pixels[fixture->output.nx + 2];
    error->text[0] = '\0';
    *pixel = value;
    int failed =
        workload_check_outputs(&fixture->workload, fixture->filter, &fixture->reference, error);
    *pixel = 3;
    return failed;
}

static void most_filters_have_to_be_right_to_the_last_bit(void **state)
{
    struct fixture fixture;
    struct error error;
    (void)state;
    set_up(&fixture, "highpass");
    assert_int_equal(check_with(&fixture, 3, &error), 0);
    assert_int_equal(check_with(&fixture, nextafter(3, 4), &error), -1);
    assert_string_equal(error.text, "image 0: pixel (1, 2) differs from the serial result");
    tear_down(&fixture);
}

static void a_product_may_be_a_rounding_error_away(void **state)
{
    struct fixture fixture;
    struct error error;
    (void)state;
    set_up(&fixture, "dot");
    assert_int_equal(fixture.output.ny, NY);
    assert_int_equal(fixture.output.nx, NY);
    assert_int_equal(check_with(&fixture, 3, &error), 0);
    assert_int_equal(check_with(&fixture, 3 + 2.9e-12, &error), 0);
    assert_int_equal(check_with(&fixture, 3 + 3.1e-12, &error), -1);
    assert_string_equal(error.text, "image 0: pixel (1, 2) differs from the serial result");
    assert_int_equal(check_with(&fixture, (double)NAN, &error), -1);
    assert_int_equal(check_with(&fixture, (double)INFINITY, &error), -1);
    tear_down(&fixture);
}

static void what_nobody_wrote_is_no_rounding_error(void **state)
{
    struct fixture fixture;
    struct error error;
    struct config config = {.workers = 1, .grain = GRAIN_IMAGE};
    double poison;
    (void)state;
    set_up(&fixture, "dot");
    workload_prepare(&fixture.workload, fixture.filter, &config);
    poison = fixture.output.pixels[0];
    for (size_t i = 0; i < (size_t)NY * NY; i++)
        fixture.output.pixels[i] = 3;
    atomic_store(&fixture.workload.stamps[0].times_run, 1);
    assert_int_equal(check_with(&fixture, poison, &error), -1);
    assert_string_equal(error.text, "image 0: pixel (1, 2) was never written");
    tear_down(&fixture);
}

/* The bands of an image follow each other from its first row to its last, each differing from the
 * others by one row at most. */
static void bands_cover_every_row_once(void **state)
{
    struct workload workload;
    struct error error;
    const size_t ny[] = {10, 2}, nx[] = {3, 3};
    const struct filter *filter = filter_find("highpass");
    const struct workload_contents contents = {.frames = 2, .ny = ny, .nx = nx, .bands = 3};
    const struct config config = {.workers = 1, .grain = GRAIN_BAND, .bands = 3};
    static const struct task expected[] = {{0, 0, 3}, {0, 3, 6}, {0, 6, 10}, {1, 0, 1}, {1, 1, 2}};
    (void)state;
    assert_int_equal(workload_create(&workload, filter, &contents, &error), 0);
    workload_prepare(&workload, filter, &config);
    assert_int_equal(workload.header->tasks, 5); /* two rows are two bands at most */
    for (int i = 0; i < 5; i++) {
        assert_int_equal(workload.tasks[i].frame, expected[i].frame);
        assert_int_equal(workload.tasks[i].row_begin, expected[i].row_begin);
        assert_int_equal(workload.tasks[i].row_end, expected[i].row_end);
    }
    workload_destroy(&workload);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(most_filters_have_to_be_right_to_the_last_bit),
        cmocka_unit_test(a_product_may_be_a_rounding_error_away),
        cmocka_unit_test(what_nobody_wrote_is_no_rounding_error),
        cmocka_unit_test(bands_cover_every_row_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filters that are matrix products, against NumPy and SciPy (tests/reference/blas.txt) and each
 * other. */
#include "tests/support/cmocka_all.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filters/matrix/dot.h"
#include "filters/matrix/smooth.h"
#include "tests/support/median_images.h"

static const struct filter *const products[] = {&dot_filter, &dot_gemm, &dot_loops, &dot_blocked};
enum { PRODUCTS = sizeof products / sizeof products[0] };

static const double POISON = 7e77;

static struct image new_image(size_t ny, size_t nx)
{
    struct image image;
    struct error error = {""};
    if (image_create(&image, ny, nx, &error) != 0)
        fail_msg("%s", error.text);
    for (size_t i = 0; i < ny * nx; i++)
        image.pixels[i] = POISON;
    return image;
}

static struct image new_kind(const char *kind, size_t ny, size_t nx)
{
    struct image image = new_image(ny, nx);
    assert_int_equal(median_image(kind, &image), 0);
    return image;
}

/* The output of the filter, rows row_begin to row_end of it; the rest is POISON. */
static struct image filtered(const struct filter *filter, const struct image *input, size_t window,
                             size_t row_begin, size_t row_end)
{
    struct filter_parameters parameters = {.window = window};
    struct error error = {""};
    size_t ny = input->ny, nx = input->nx;
    if (filter->output_shape)
        filter->output_shape(input->ny, input->nx, &ny, &nx);
    struct image output = new_image(ny, nx);
    void *workspace = filter->create(&parameters, &error);
    if (!workspace || filter->apply(workspace, input, row_begin, row_end, &output, &error) != 0)
        fail_msg("%s", error.text);
    filter->destroy(workspace);
    return output;
}

static void assert_near(const char *what, const struct image *image, const struct image *expected,
                        double tolerance)
{
    for (size_t i = 0; i < image->ny * image->nx; i++)
        if (!(fabs(image->pixels[i] - expected->pixels[i]) <= tolerance))
            fail_msg("%s: element (%zu, %zu) is %.17g instead of %.17g", what, i / image->nx,
                     i % image->nx, image->pixels[i], expected->pixels[i]);
}

/* Checks all lines that begin with `what`; returns how many. */
static int check_reference(const char *what, const struct filter *filter)
{
    FILE *file = fopen("tests/reference/blas.txt", "r");
    if (!file)
        fail_msg("tests/reference/blas.txt is missing: run the tests from the top directory");
    char name[16], kind[32];
    size_t ny, nx, window;
    int checked = 0;
    while (fscanf(file, "%15s %31s %zu %zu %zu", name, kind, &ny, &nx, &window) == 5) {
        bool is_dot = strcmp(name, "dot") == 0;
        struct image input = new_kind(kind, ny, nx), expected = new_image(ny, is_dot ? ny : nx);
        for (size_t i = 0; i < expected.ny * expected.nx; i++)
            assert_int_equal(fscanf(file, "%lf", &expected.pixels[i]), 1);
        if (strcmp(name, what) == 0) {
            struct image output = filtered(filter, &input, window, 0, ny);
            double largest = image_largest(is_dot ? &expected : &input);
            assert_near(filter->name, &output, &expected, 1e-12 * largest);
            image_destroy(&output);
            checked++;
        }
        image_destroy(&input);
        image_destroy(&expected);
    }
    assert_true(feof(file));
    fclose(file);
    return checked;
}

static void products_equal_numpy(void **state)
{
    (void)state;
    for (size_t p = 0; p < PRODUCTS; p++)
        assert_int_equal(check_reference("dot", products[p]), 5);
}

static void smoothing_equals_scipy(void **state)
{
    (void)state;
    assert_int_equal(check_reference("smooth", &smooth_blas), 7);
}

/* Sizes that no block divides, where a mistake at an edge would show. */
static void products_agree(void **state)
{
    static const size_t sizes[][2] = {{1, 700}, {6, 128}, {7, 129}, {130, 1}, {257, 383}};
    (void)state;
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        size_t ny = sizes[s][0];
        struct image input = new_kind("noise", ny, sizes[s][1]);
        struct image first = filtered(&dot_loops, &input, 1, 0, ny);
        for (size_t p = 0; p < PRODUCTS; p++) {
            struct image other = filtered(products[p], &input, 1, 0, ny);
            assert_near(products[p]->name, &other, &first, 1e-12 * image_largest(&first));
            image_destroy(&other);
        }
        image_destroy(&first);
        image_destroy(&input);
    }
}

/* A band is that part of the whole, and touches nothing else. */
static void check_bands(const struct filter *filter, size_t ny, size_t nx, size_t bands)
{
    struct image input = new_kind("noise", ny, nx), whole = filtered(filter, &input, 20, 0, ny);
    double tolerance = filter->tolerance ? filter->tolerance(&input, &whole) : 0;
    for (size_t b = 0; b < bands; b++) {
        size_t begin = b * ny / bands, end = (b + 1) * ny / bands;
        struct image band = filtered(filter, &input, 20, begin, end);
        for (size_t i = 0; i < band.ny * band.nx; i++) {
            bool inside = i / band.nx >= begin && i / band.nx < end;
            double expected = inside ? whole.pixels[i] : POISON;
            if (!(fabs(band.pixels[i] - expected) <= (inside ? tolerance : 0)))
                fail_msg("%s: rows %zu to %zu: pixel %zu", filter->name, begin, end, i);
        }
        image_destroy(&band);
    }
    image_destroy(&whole);
    image_destroy(&input);
}

static void bands_are_parts_of_the_whole(void **state)
{
    (void)state;
    for (size_t p = 0; p < PRODUCTS; p++)
        check_bands(products[p], 100, 31, 7);
    check_bands(&smooth_blas, 100, 31, 7);
}

static void operations_are_those_of_the_product(void **state)
{
    (void)state;
    assert_true(dot_gemm.operations(1000, 1500, 1000) == 3e9);
    assert_true(dot_filter.operations(1000, 1500, 1000) == 1.5015e9); /* SYRK: half of it */
    assert_true(dot_filter.operations(1000, 1500, 100) == 3e8);       /* a band: GEMM */
    assert_true(smooth_blas.operations(10, 20, 5) == 5 * 20 * 61);
}

/* Missing pixels cannot take part in a product: better no result than one that is all NaN. */
static void smoothing_refuses_missing_pixels(void **state)
{
    struct filter_parameters parameters = {.window = 8};
    struct error error = {""};
    (void)state;
    struct image input = new_kind("noise", 12, 10), output = new_image(12, 10);
    input.pixels[34] = (double)NAN;
    void *workspace = smooth_blas.create(&parameters, &error);
    assert_non_null(workspace);
    assert_int_equal(smooth_blas.apply(workspace, &input, 0, 12, &output, &error), -1);
    assert_string_equal(error.text,
                        "smooth-blas: pixel (3, 4) is missing or infinite, which a matrix product "
                        "would spread over the image; highpass can skip it");
    smooth_blas.destroy(workspace);
    image_destroy(&input);
    image_destroy(&output);
}

/* One workspace meets images of several sizes. */
static void a_workspace_follows_the_size(void **state)
{
    static const size_t sizes[][2] = {{20, 30}, {30, 20}, {5, 5}, {20, 30}};
    struct filter_parameters parameters = {.window = 8};
    struct error error = {""};
    (void)state;
    void *workspace = smooth_blas.create(&parameters, &error);
    for (size_t s = 0; s < sizeof sizes / sizeof sizes[0]; s++) {
        size_t ny = sizes[s][0], nx = sizes[s][1];
        struct image input = new_kind("noise", ny, nx), output = new_image(ny, nx);
        struct image alone = filtered(&smooth_blas, &input, 8, 0, ny);
        assert_int_equal(smooth_blas.apply(workspace, &input, 0, ny, &output, &error), 0);
        assert_memory_equal(output.pixels, alone.pixels, image_bytes(ny, nx));
        image_destroy(&input);
        image_destroy(&output);
        image_destroy(&alone);
    }
    smooth_blas.destroy(workspace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_equal_numpy),
        cmocka_unit_test(smoothing_equals_scipy),
        cmocka_unit_test(products_agree),
        cmocka_unit_test(bands_are_parts_of_the_whole),
        cmocka_unit_test(operations_are_those_of_the_product),
        cmocka_unit_test(smoothing_refuses_missing_pixels),
        cmocka_unit_test(a_workspace_follows_the_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

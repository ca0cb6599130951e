/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The methods of highpass-rank against a selection in every window, and against each other where
 * that would take too long: at windows near every one at which another method takes over, at sizes
 * with several tiles and rests, and with NaN in some tiles only. */
#include "tests/support/cmocka_all.h"

#include <math.h>
#include <string.h>

#include "filters/filter.h"
#include "filters/median/highpass.h"
#include "filters/median/methods.h"
#include "filters/median/network/plan.h"
#include "tests/support/median_images.h"

static const char *const kinds[] = {"noise", "ties", "zeros", "nan20", "infinities", "signedlog"};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static struct image new_image(size_t ny, size_t nx)
{
    struct image image;
    struct error error = {""};
    if (image_create(&image, ny, nx, &error) != 0)
        fail_msg("%s", error.text);
    return image;
}

static struct image image_of(const char *kind, size_t ny, size_t nx)
{
    struct image image = new_image(ny, nx);
    assert_int_equal(median_image(kind, &image), 0);
    return image;
}

static struct image filtered(const struct filter *filter, const struct image *input, size_t window)
{
    struct filter_parameters parameters = {.window = window};
    struct error error = {""};
    struct image output = new_image(input->ny, input->nx);
    void *workspace = filter->create(&parameters, &error);
    if (!workspace)
        fail_msg("%s", error.text);
    memset(output.pixels, 0xa5, image_bytes(output.ny, output.nx));
    if (filter->apply(workspace, input, 0, input->ny, &output, &error) != 0)
        fail_msg("%s", error.text);
    filter->destroy(workspace);
    return output;
}

static void compare(const struct filter *one, const struct filter *other, const struct image *input,
                    size_t window, const char *kind)
{
    struct image a = filtered(one, input, window), b = filtered(other, input, window);
    if (memcmp(a.pixels, b.pixels, image_bytes(a.ny, a.nx)) != 0)
        fail_msg("%s and %s differ: %s %zux%zu, window %zu", one->name, other->name, kind,
                 input->ny, input->nx, window);
    image_destroy(&a);
    image_destroy(&b);
}

/* The output does not depend on the height, but squares, vectors and tiles are cut off elsewhere. */
static void test_every_small_window(void **state)
{
    (void)state;
    for (size_t window = 1; window <= NETWORK_WINDOW_MOST; window++)
        for (size_t k = 0; k < KINDS; k++) {
            struct image input =
                image_of(kinds[k], 10 + (window + k) % 7, 21 + (3 * window + k) % 11);
            compare(&highpass_rank, &highpass_select, &input, window, kinds[k]);
            compare(&median_by_walk, &highpass_select, &input, window, kinds[k]);
            if (window > 1)
                compare(&median_by_network, &highpass_select, &input, window, kinds[k]);
            image_destroy(&input);
        }
}

/* Windows at which another method takes over, and their neighbours. */
static void test_handovers(void **state)
{
    (void)state;
    for (size_t window = 1, handovers = 0; window < 1000; window++) {
        if (median_method(window) == median_method(window + 1))
            continue;
        for (size_t near = window > 1 ? window - 1 : 1; near <= window + 2; near++) {
            struct image input = image_of(kinds[(window + near) % KINDS], 9, near > 100 ? 2 : 13);
            compare(&highpass_rank, near > 100 ? &highpass_histogram : &highpass_select, &input,
                    near, kinds[(window + near) % KINDS]);
            image_destroy(&input);
        }
        assert_true(++handovers < 20);
    }
    assert_int_equal(median_method(3), MEDIAN_NINE);
    assert_int_equal(median_method(5), MEDIAN_FIVE);
    assert_int_equal(median_method(8), MEDIAN_NETWORK);
    assert_int_equal(median_method(9), MEDIAN_WALK);
    assert_int_equal(median_method(50), MEDIAN_WALK);
}

/* Many tiles, with rests of one row and one column; in one corner a NaN, so that the tile there goes
 * another way than the others. */
static void test_tiles(void **state)
{
    static const size_t windows[] = {2, 3, 4, 5, 6, 7, 8, 9, 11, 12};
    static const char *const some[] = {"noise", "ties", "signedlog"};
    (void)state;
    for (size_t i = 0; i < sizeof windows / sizeof windows[0]; i++)
        for (size_t k = 0; k < sizeof some / sizeof some[0]; k++) {
            struct image input = image_of(some[k], 257 + windows[i], 511);
            input.pixels[3 * input.nx + 4] = (double)NAN;
            compare(&highpass_rank, &median_by_walk, &input, windows[i], some[k]);
            compare(&median_by_network, &highpass_histogram, &input, windows[i], some[k]);
            image_destroy(&input);
        }
}

/* Where coordinates are folded, and the windows before and after. Several tiles, and rests. */
static void test_large_windows(void **state)
{
    static const size_t windows[] = {100, 127, 128, 129, 130, 201, 255, 256, 301, 512, 897, 898};
    static const char *const some[] = {"nan20", "noise", "ties", "nanblock"};
    (void)state;
    for (size_t i = 0; i < sizeof windows / sizeof windows[0]; i++) {
        const char *kind = some[i % (sizeof some / sizeof some[0])];
        struct image input = image_of(kind, 130, 129 + 20 * (i % 3));
        compare(&highpass_rank, &highpass_histogram, &input, windows[i], kind);
        image_destroy(&input);
    }
    assert_int_equal(median_method(512), MEDIAN_WALK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_small_window),
        cmocka_unit_test(test_handovers),
        cmocka_unit_test(test_tiles),
        cmocka_unit_test(test_large_windows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

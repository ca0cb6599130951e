/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The three engines of the median against SciPy (tests/reference/median.txt) and each other. */
#include "tests/support/cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filters/filter.h"
#include "tests/support/median_images.h"

enum { LARGEST = 256 * 256, WINDOW_MOST = 400 };

static const char *const engines[] = {"highpass-rank", "highpass-histogram", "highpass-select"};
enum { ENGINES = sizeof engines / sizeof engines[0] };

static struct image new_image(size_t ny, size_t nx)
{
    struct image image;
    struct error error = {""};
    if (image_create(&image, ny, nx, &error) != 0)
        fail_msg("%s", error.text);
    return image;
}

static void *new_workspace(const struct filter *filter, size_t window)
{
    struct filter_parameters parameters = {.window = window};
    struct error error = {""};
    void *workspace = filter->create(&parameters, &error);
    if (!workspace)
        fail_msg("%s", error.text);
    return workspace;
}

static void apply(const struct filter *filter, void *workspace, const struct image *input,
                  size_t row_begin, size_t row_end, struct image *output)
{
    struct error error = {""};
    if (filter->apply(workspace, input, row_begin, row_end, output, &error) != 0)
        fail_msg("%s", error.text);
}

/* What no filter writes. */
static void poison(struct image *image)
{
    memset(image->pixels, 0xa5, image_bytes(image->ny, image->nx));
}

/* A selection in every window takes window * window steps a pixel: not worth minutes of a test. */
static int is_quick(const char *engine, size_t ny, size_t nx, size_t window)
{
    return strcmp(engine, "highpass-select") != 0 || ny * nx * window * window < 4000000;
}

static const struct filter *find(const char *name)
{
    const struct filter *filter = filter_find(name);
    if (!filter)
        fail_msg("there is no filter %s", name);
    return filter;
}

/* The lines come with windows and sizes in turn, and there is one workspace a window: so this
 * shows as well that a workspace does not remember the image before. */
static void check_against_scipy(const char *engine, int at_least)
{
    static void *workspaces[WINDOW_MOST]; /* static: cmocka leaves a failing test by longjmp() */
    const struct filter *filter = find(engine);
    FILE *file = fopen("tests/reference/median.txt", "r");
    if (!file)
        fail_msg("tests/reference/median.txt is missing: run the tests from the top directory");
    char kind[32];
    size_t ny, nx, window;
    unsigned long long expected;
    int lines = 0, checked = 0, wrong = 0;
    while (fscanf(file, "%31s %zu %zu %zu %llx", kind, &ny, &nx, &window, &expected) == 5) {
        lines++;
        assert_true(window < WINDOW_MOST);
        if (!is_quick(engine, ny, nx, window))
            continue;
        struct image input = new_image(ny, nx), output = new_image(ny, nx);
        assert_int_equal(median_image(kind, &input), 0);
        poison(&output);
        if (!workspaces[window])
            workspaces[window] = new_workspace(filter, window);
        apply(filter, workspaces[window], &input, 0, ny, &output);
        if (median_hash(&output) != expected) {
            print_error("%s: %s %zux%zu window %zu is not SciPy's\n", engine, kind, ny, nx, window);
            wrong++;
        }
        checked++;
        image_destroy(&input);
        image_destroy(&output);
    }
    assert_true(feof(file));
    fclose(file);
    for (size_t i = 0; i < WINDOW_MOST; i++) {
        filter->destroy(workspaces[i]);
        workspaces[i] = NULL;
    }
    assert_int_equal(wrong, 0);
    assert_true(checked >= at_least);
    print_message("%s: %d of %d\n", engine, checked, lines);
}

static void test_rank_equals_scipy(void **state)
{
    (void)state;
    check_against_scipy("highpass-rank", 1000);
}

static void test_histogram_equals_scipy(void **state)
{
    (void)state;
    check_against_scipy("highpass-histogram", 1000);
}

static void test_select_equals_scipy(void **state)
{
    (void)state;
    check_against_scipy("highpass-select", 500);
}

/* Sizes with several tiles and rests, where the oracle would take too long: the engines, which
 * have nothing in common but the copy of the window's geometry, check each other. */
static void test_engines_agree(void **state)
{
    static const char *const kinds[] = {"noise",    "smooth",    "ties",
                                        "clusters", "lognormal", "nan20"};
    static const size_t sizes[][2] = {{257, 383}, {400, 131}, {1, 700}};
    static const size_t windows[] = {2, 5, 9, 17, 50, 100, 180};
    (void)state;
    for (size_t w = 0; w < sizeof windows / sizeof windows[0]; w++) {
        const struct filter *rank = find("highpass-rank"), *histogram = find("highpass-histogram");
        void *a = new_workspace(rank, windows[w]), *b = new_workspace(histogram, windows[w]);
        for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
            const size_t *size = sizes[(k + w) % 3];
            struct image input = new_image(size[0], size[1]);
            struct image one = new_image(size[0], size[1]), other = new_image(size[0], size[1]);
            median_image(kinds[k], &input);
            apply(rank, a, &input, 0, size[0], &one);
            apply(histogram, b, &input, 0, size[0], &other);
            if (memcmp(one.pixels, other.pixels, image_bytes(size[0], size[1])) != 0)
                fail_msg("%s %zux%zu window %zu", kinds[k], size[0], size[1], windows[w]);
            image_destroy(&input);
            image_destroy(&one);
            image_destroy(&other);
        }
        rank->destroy(a);
        histogram->destroy(b);
    }
}

/* Bit for bit the same however the rows are dealt out, and nothing is written outside of them. */
static void test_bands_do_not_matter(void **state)
{
    enum { NY = 150, NX = 101 };
    static const size_t windows[] = {3, 20, 51, 240};
    static const size_t cuts[] = {0, 1, 2, 40, 41, 149, NY};
    (void)state;
    for (size_t e = 0; e < ENGINES; e++)
        for (size_t w = 0; w < sizeof windows / sizeof windows[0]; w++) {
            const struct filter *filter = find(engines[e]);
            if (!is_quick(engines[e], NY, NX, windows[w]))
                continue;
            void *workspace = new_workspace(filter, windows[w]);
            struct image input = new_image(NY, NX), whole = new_image(NY, NX);
            struct image banded = new_image(NY, NX), poisoned = new_image(NY, NX);
            median_image("nan20", &input);
            apply(filter, workspace, &input, 0, NY, &whole);
            poison(&banded);
            poison(&poisoned);
            for (size_t i = sizeof cuts / sizeof cuts[0] - 1; i > 0; i--) { /* last band first */
                apply(filter, workspace, &input, cuts[i - 1], cuts[i], &banded);
                assert_memory_equal(banded.pixels, poisoned.pixels, cuts[i - 1] * NX * 8);
            }
            assert_memory_equal(banded.pixels, whole.pixels, NY * NX * 8);
            image_destroy(&input);
            image_destroy(&whole);
            image_destroy(&banded);
            image_destroy(&poisoned);
            filter->destroy(workspace);
        }
}

static void test_names(void **state)
{
    (void)state;
    assert_ptr_equal(find("highpass"), find("highpass-rank"));
    assert_null(filter_find("lowpass"));
    for (size_t i = 0; filter_catalogue[i]; i++) {
        assert_ptr_equal(find(filter_catalogue[i]->name), filter_catalogue[i]);
        filter_catalogue[i]->destroy(NULL);
        for (size_t ny = 1; ny < 3000; ny = ny * 3 + 1) {
            size_t bands = filter_catalogue[i]->bands(ny);
            assert_true(bands >= 1 && bands <= ny);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rank_equals_scipy),   cmocka_unit_test(test_histogram_equals_scipy),
        cmocka_unit_test(test_select_equals_scipy), cmocka_unit_test(test_engines_agree),
        cmocka_unit_test(test_bands_do_not_matter), cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

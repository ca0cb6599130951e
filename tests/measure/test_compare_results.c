/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What counts as equal: pixels of FITS files, bytes of others, or whatever a command says. */
#include "tests/support/cmocka_all.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "generator/fits.h"
#include "harness/measure/command/compare_results.h"
#include "tests/support/program.h"

static char scratch[] = "/tmp/speedup-test-XXXXXX";

static int go_to_scratch(void **state)
{
    struct error error;
    (void)state;
    return mkdtemp(scratch) && chdir(scratch) == 0 ? fits_ready(&error) : -1;
}

static int remove_scratch(void **state)
{
    (void)state;
    struct outcome outcome = run_program((const char *const[]){"rm", "-rf", scratch, NULL});
    outcome_free(&outcome);
    return 0;
}

static void put(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void put_fits(const char *name, size_t ny, double second)
{
    double pixels[4] = {1, second, (double)NAN, 4};
    struct image image = {.ny = ny, .nx = 2, .pixels = pixels};
    struct error error = {""};
    int failed = fits_write_image(name, &image, &error);
    assert_string_equal(error.text, "");
    assert_int_equal(failed, 0);
}

static void assert_differs(void *context, const char *a, const char *b, const char *message)
{
    struct error error = {""};
    assert_int_equal(compare_results(context, a, b, &error), -1);
    assert_string_equal(error.text, message);
}

static void assert_same(void *context, const char *a, const char *b)
{
    struct error error = {""};
    int failed = compare_results(context, a, b, &error);
    assert_string_equal(error.text, "");
    assert_int_equal(failed, 0);
}

static void test_bytes(void **state)
{
    (void)state;
    put("a.txt", "one two");
    put("b.txt", "one two");
    put("c.txt", "one tWo");
    assert_same(NULL, "a.txt", "b.txt");
    assert_differs(NULL, "a.txt", "c.txt", "c.txt: differs from the serial run's in byte 5");
}

/* Files of different bytes and the same pixels. */
static void test_fits_by_pixels(void **state)
{
    (void)state;
    put_fits("a.fits", 2, 2);
    put_fits("b.FITS", 2, 2);
    FILE *file = fopen("b.FITS", "r+");
    assert_non_null(file);
    assert_int_equal(fseek(file, 80 * 20 + 2, SEEK_SET), 0);
    fputs("some other comment", file);
    assert_int_equal(fclose(file), 0);
    assert_same(NULL, "a.fits", "b.FITS");
    put_fits("c.fits", 2, 2.5);
    assert_differs(NULL, "a.fits", "c.fits", "c.fits: pixel (0, 1) differs from the serial run's");
    put_fits("d.fits", 1, 2);
    assert_differs(NULL, "a.fits", "d.fits", "d.fits: has 1 x 2 pixels, the serial run's 2 x 2");
}

static void test_a_command(void **state)
{
    struct error error = {""};
    (void)state;
    put("x y", "same");
    put("z;`", "same");
    put("other", "different");
    char **words = compare_words("  cmp -s  '{a}' \"{b}\" ", &error);
    assert_non_null(words);
    assert_string_equal(words[0], "cmp");
    assert_string_equal(words[3], "{b}");
    assert_null(words[4]);
    assert_same(words, "x y", "z;`");
    assert_differs(words, "x y", "other",
                   "other: differs from the serial run's: cmp ended with exit status 1");
    free(words);
}

static void test_words_that_make_no_command(void **state)
{
    struct error error;
    (void)state;
    assert_null(compare_words("cmp {a} '{b}", &error));
    assert_string_equal(error.text, "--compare: a quotation mark is not closed");
    assert_null(compare_words("cmp {a}", &error));
    assert_string_equal(error.text, "--compare: needs {a} and {b}, as in 'cmp {a} {b}'");
    assert_null(compare_words("", &error));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_fits_by_pixels),
        cmocka_unit_test(test_a_command),
        cmocka_unit_test(test_words_that_make_no_command),
    };
    return cmocka_run_group_tests(tests, go_to_scratch, remove_scratch);
}

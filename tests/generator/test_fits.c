/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading FITS files of every kind. Writing has a test of its own, and so has the header:
 * test_fits_write.c, test_fits_header.c. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "generator/fits.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/odd_fits.h"
#include "tests/support/scratch.h"

enum { NY = 2, NX = 3, COUNT = NY * NX };
static const long shape[] = {NX, NY};

static uint64_t bits(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* The image in the file has these pixels, bit for bit; any NaN equals any other. */
static void assert_pixels(const char *path, size_t ny, size_t nx, const double *expected)
{
    struct image image;
    struct error error = {""};
    if (fits_read_image(path, &image, &error) != 0)
        fail_msg("%s", error.text);
    assert_int_equal(image.ny, ny);
    assert_int_equal(image.nx, nx);
    for (size_t i = 0; i < ny * nx; i++)
        if (isnan(expected[i]) ? !isnan(image.pixels[i])
                               : bits(expected[i]) != bits(image.pixels[i]))
            fail_msg("%s: pixel %zu is %.17g, not %.17g", path, i, image.pixels[i], expected[i]);
    image_destroy(&image);
}

static void assert_refused(const char *path, const char *expected)
{
    struct image image;
    struct error error = {""};
    assert_int_equal(fits_read_image(path, &image, &error), -1);
    assert_null(image.pixels);
    assert_string_equal(error.text, expected);
}

/* One file, one image of NY x NX pixels in its primary. */
static void make(const char *name, int bitpix, int datatype, const void *pixels,
                 const char *const *cards)
{
    fitsfile *file = odd_create(name);
    odd_add_image(file, bitpix, 2, shape, datatype, pixels, COUNT, cards);
    odd_close(file);
}

#define CARDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void test_every_bitpix(void **state)
{
    (void)state;
    const unsigned char bytes[COUNT] = {0, 1, 127, 128, 254, 255};
    const short shorts[COUNT] = {0, 1, -1, 32767, -32768, 1000};
    const int ints[COUNT] = {0, 1, -1, INT32_MAX, INT32_MIN, 16777217};
    const LONGLONG longs[COUNT] = {0, -1, INT64_MAX, INT64_MIN, 9007199254740991, 9007199254740993};
    const float floats[COUNT] = {0.0F, -0.0F, FLT_MIN / 4, -1e30F, INFINITY, NAN};
    make("8.fits", BYTE_IMG, TBYTE, bytes, NULL);
    make("16.fits", SHORT_IMG, TSHORT, shorts, NULL);
    make("32.fits", LONG_IMG, TINT, ints, NULL);
    make("64.fits", LONGLONG_IMG, TLONGLONG, longs, NULL);
    make("-32.fits", FLOAT_IMG, TFLOAT, floats, NULL);
    assert_pixels("8.fits", NY, NX, (double[]){0, 1, 127, 128, 254, 255});
    assert_pixels("16.fits", NY, NX, (double[]){0, 1, -1, 32767, -32768, 1000});
    assert_pixels("32.fits", NY, NX, (double[]){0, 1, -1, 2147483647, -2147483648.0, 16777217});
    /* 2^53 + 1 is no float64: a tie, which goes to the even neighbour. */
    assert_pixels("64.fits", NY, NX,
                  (double[]){0, -1, 0x1p63, -0x1p63, 9007199254740991, 9007199254740992});
    /* Not -1e30F once more: on some machines a constant keeps the digits of a double. */
    assert_pixels("-32.fits", NY, NX,
                  (double[]){0.0, -0.0, FLT_MIN / 4, (double)floats[3], INFINITY, NAN});
}

static void test_scaling_and_blank(void **state)
{
    (void)state;
    const unsigned char bytes[COUNT] = {0, 1, 127, 128, 254, 255};
    const short shorts[COUNT] = {0, 1, -1, 32767, -32768, 1000};
    const int ints[COUNT] = {0, 1, -1, INT32_MAX, INT32_MIN, -99};
    const LONGLONG longs[COUNT] = {0, 1, -1, INT64_MAX, INT64_MIN, -99};
    const float floats[COUNT] = {0.0F, 1.0F, 0.1F, -32768.0F, INFINITY, NAN};
    make("16.fits", SHORT_IMG, TSHORT, shorts,
         CARDS("BSCALE  = 0.1", "BZERO   = 5.0", "BLANK   = -32768"));
    assert_pixels(
        "16.fits", NY, NX,
        (double[]){5.0, 1 * 0.1 + 5.0, -1 * 0.1 + 5.0, 32767 * 0.1 + 5.0, NAN, 1000 * 0.1 + 5.0});
    make("u16.fits", SHORT_IMG, TSHORT, shorts, CARDS("BZERO   = 32768", "BLANK   = -1"));
    assert_pixels("u16.fits", NY, NX, (double[]){32768, 32769, NAN, 65535, 0, 33768});
    make("s8.fits", BYTE_IMG, TBYTE, bytes, CARDS("BZERO   = -128", "BLANK   = 255"));
    assert_pixels("s8.fits", NY, NX, (double[]){-128, -127, -1, 0, 126, NAN});
    make("u32.fits", LONG_IMG, TINT, ints, CARDS("BZERO   = 2147483648", "BLANK   = -99"));
    assert_pixels("u32.fits", NY, NX,
                  (double[]){2147483648.0, 2147483649.0, 2147483647, 4294967295.0, 0, NAN});
    make("u64.fits", LONGLONG_IMG, TLONGLONG, longs,
         CARDS("BZERO   = 9223372036854775808", "BLANK   = -99"));
    assert_pixels("u64.fits", NY, NX, (double[]){0x1p63, 0x1p63, 0x1p63, 0x1p64, 0, NAN});
    /* BLANK means nothing in floating point. */
    make("-32.fits", FLOAT_IMG, TFLOAT, floats,
         CARDS("BSCALE  = 2.0", "BZERO   = 1.0", "BLANK   = -32768"));
    assert_pixels("-32.fits", NY, NX,
                  (double[]){1, 3, (double)floats[2] * 2 + 1, -65535, INFINITY, NAN});
}

static void test_compressed_files(void **state)
{
    (void)state;
    enum { SIDE = 40 };
    const long lengths[] = {SIDE, SIDE - 7};
    const char *const kinds[] = {"[compress R]", "[compress G]", "[compress H]"};
    static short shorts[SIDE * (SIDE - 7)];
    static double doubles[SIDE * (SIDE - 7)], expected[SIDE * (SIDE - 7)];
    long count = lengths[0] * lengths[1];
    for (long i = 0; i < count; i++) {
        shorts[i] = (short)(i % 50 == 7 ? -1 : i * 7919 % 5000);
        expected[i] = i % 50 == 7 ? (double)NAN : shorts[i] * 0.5 + 3.0;
        doubles[i] = 1.0 / (double)(i + 1);
    }
    doubles[3] = -0.0;
    doubles[4] = (double)NAN;
    doubles[5] = (double)INFINITY;
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        char name[60], made[20];
        snprintf(made, sizeof made, "tiles%zu.fits", k);
        snprintf(name, sizeof name, "%s%s", made, kinds[k]);
        fitsfile *file = odd_create(name);
        odd_add_image(file, SHORT_IMG, 2, lengths, TSHORT, shorts, count,
                      CARDS("BSCALE  = 0.5", "BZERO   = 3.0", "BLANK   = -1"));
        odd_close(file);
        assert_pixels(made, (size_t)lengths[1], (size_t)lengths[0], expected);
    }
    /* float64 in tiles without loss: GZIP, no quantisation. */
    fitsfile *file = odd_create("lossless.fits[compress G; q 0]");
    odd_add_image(file, DOUBLE_IMG, 2, lengths, TDOUBLE, doubles, count, NULL);
    odd_close(file);
    assert_pixels("lossless.fits", (size_t)lengths[1], (size_t)lengths[0], doubles);
    /* As a whole: gzip is recognised by what is in the file, not by its name. */
    file = odd_create("whole.fits.gz");
    odd_add_image(file, DOUBLE_IMG, 2, lengths, TDOUBLE, doubles, count, NULL);
    odd_close(file);
    assert_pixels("whole.fits.gz", (size_t)lengths[1], (size_t)lengths[0], doubles);
    assert_int_equal(rename("whole.fits.gz", "whole.fits"), 0);
    assert_pixels("whole.fits", (size_t)lengths[1], (size_t)lengths[0], doubles);
}

static void test_the_first_image_is_found(void **state)
{
    (void)state;
    const short first[COUNT] = {1, 2, 3, 4, 5, 6}, second[COUNT] = {9, 9, 9, 9, 9, 9};
    const long nothing[] = {0, 5};
    char *column = "x", *format = "1D";
    fitsfile *file = odd_create("late.fits");
    odd_add_image(file, BYTE_IMG, 0, NULL, TBYTE, NULL, 0, NULL);
    FITS_TRY(fits_create_tbl(file, BINARY_TBL, 5, 1, &column, &format, NULL, NULL, &status));
    odd_add_image(file, SHORT_IMG, 2, nothing, TSHORT, NULL, 0, NULL);
    odd_add_image(file, SHORT_IMG, 2, shape, TSHORT, first, COUNT, NULL);
    odd_add_image(file, SHORT_IMG, 2, shape, TSHORT, second, COUNT, NULL);
    odd_close(file);
    assert_pixels("late.fits", NY, NX, (double[]){1, 2, 3, 4, 5, 6});

    file = odd_create("never.fits");
    odd_add_image(file, BYTE_IMG, 0, NULL, TBYTE, NULL, 0, NULL);
    FITS_TRY(fits_create_tbl(file, BINARY_TBL, 5, 1, &column, &format, NULL, NULL, &status));
    odd_close(file);
    assert_refused("never.fits", "never.fits: has no image in it");
}

static void test_axes(void **state)
{
    (void)state;
    const short pixels[COUNT] = {1, 2, 3, 4, 5, 6};
    const long flat[] = {NX, NY, 1, 1}, cube[] = {1, NX, NY}, line[] = {COUNT};
    const long deep[] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, COUNT};
    const struct {
        const char *name;
        int axes;
        const long *lengths;
    } files[] = {{"flat.fits", 4, flat},
                 {"cube.fits", 3, cube},
                 {"line.fits", 1, line},
                 {"deep.fits", 11, deep}};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        fitsfile *file = odd_create(files[i].name);
        odd_add_image(file, SHORT_IMG, files[i].axes, files[i].lengths, TSHORT, pixels, COUNT,
                      NULL);
        odd_close(file);
    }
    assert_pixels("flat.fits", NY, NX, (double[]){1, 2, 3, 4, 5, 6});
    assert_pixels("line.fits", 1, COUNT, (double[]){1, 2, 3, 4, 5, 6});
    assert_refused("cube.fits", "cube.fits: its image has 3 axes; give images with two, a plane "
                                "of the cube each");
    assert_refused("deep.fits", "deep.fits: its image has 11 axes; give images with two, a plane "
                                "of the cube each");
}

/* Wherever a file is cut, it is refused, in one line. */
static void test_truncated_files(void **state)
{
    (void)state;
    enum { SIDE = 30, HEADER = 2880, STEP = 97 };
    static double pixels[SIDE * SIDE];
    struct image image = {.ny = SIDE, .nx = SIDE, .pixels = pixels};
    struct error error;
    size_t whole;
    for (size_t i = 0; i < SIDE * SIDE; i++)
        pixels[i] = 1.0 / (double)(i + 1);
    assert_int_equal(fits_write_image("whole.fits", &image, &error), 0);
    char *bytes = scratch_read("whole.fits", &whole);
    for (size_t cut = 1; cut < HEADER + sizeof pixels; cut += STEP) {
        scratch_write("cut.fits", bytes, cut);
        assert_int_equal(fits_read_image("cut.fits", &image, &error), -1);
        assert_null(image.pixels);
        assert_ptr_equal(strstr(error.text, "cut.fits: "), error.text);
        assert_non_null(strstr(error.text, cut < HEADER ? "not a FITS file, or damaged"
                                                        : "truncated or damaged"));
    }
    free(bytes);
}

static void test_a_header_that_promises_too_much(void **state)
{
    (void)state;
    char header[2 * 2880];
    memset(header, ' ', sizeof header);
    const char *cards[] = {"SIMPLE  =                    T", "BITPIX  =                  -64",
                           "NAXIS   =                    2", "NAXIS1  =              1000000",
                           "NAXIS2  =              1000000", "END"};
    for (size_t i = 0; i < sizeof cards / sizeof cards[0]; i++)
        memcpy(header + 80 * i, cards[i], strlen(cards[i]));
    scratch_write("huge.fits", header, sizeof header);
    assert_refused("huge.fits", "huge.fits: its pixels cannot be read: truncated or damaged "
                                "(cfitsio: tried to move past end of file)");
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
        IN_SCRATCH(test_every_bitpix),
        IN_SCRATCH(test_scaling_and_blank),
        IN_SCRATCH(test_compressed_files),
        IN_SCRATCH(test_the_first_image_is_found),
        IN_SCRATCH(test_axes),
        IN_SCRATCH(test_truncated_files),
        IN_SCRATCH(test_a_header_that_promises_too_much),
    };
    return cmocka_run_group_tests(tests, start_cfitsio, NULL);
}

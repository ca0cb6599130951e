/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The header of a filtered image: what is carried over from the original, and what is not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "generator/fits.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/odd_fits.h"
#include "tests/support/scratch.h"

enum { NY = 2, NX = 3, COUNT = NY * NX };
static const long shape[] = {NX, NY};
static const short pixels[COUNT] = {1, 2, 3, 4, 5, 6};

#define CARDS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Cards as they are in the file, up to the blanks at the end. */
static const char *const true_of_any_pixels[] = {
    "OBJECT  = 'M67     '           / what it is",
    "DATE-OBS= '1951-11-29T12:07:00'",
    "BUNIT   = 'MJy/sr  '",
    "CTYPE1  = 'GLON-CAR'",
    "CTYPE2  = 'GLAT-CAR'",
    "CRPIX1  = 1.161500000000000E+03 / kept to the last digit",
    "CRVAL1  =          18.00000000",
    "CD1_1   =      -3.33333330E-04",
    "EQUINOX =               2000.0",
    "ZODY_AVE=              0.23927 / no compression keyword, though it begins with Z",
    "COMMENT a comment",
    "HISTORY taken at Palomar",
    "        text without a keyword",
    "LONGTEXT= 'a string that goes on and on, longer than one card can h&'",
    "CONTINUE  'old, so that it is continued on a second card' / and a comment",
    "HIERARCH ESO DET CHIP1 NAME = 'a long keyword'",
    NULL,
};

static const char *const of_the_old_pixels[] = {
    "BSCALE  =                  0.5", "BZERO   =                  7.0",
    "BLANK   =                   -1", "DATAMIN =                  1.0",
    "DATAMAX =                  6.0", "CHECKSUM= 'ITgLIQgKIQgKIQgK'",
    "DATASUM = '123456  '",           NULL,
};

static void add(fitsfile *file, const char *const *cards, const char *const *more)
{
    const char *all[60] = {NULL};
    size_t count = 0;
    for (; cards && *cards; cards++)
        all[count++] = *cards;
    for (; more && *more; more++)
        all[count++] = *more;
    odd_add_image(file, SHORT_IMG, 2, shape, TSHORT, pixels, COUNT, all);
}

/* How many cards of the header begin with this text. */
static int times_in(const char *header, const char *begin)
{
    int times = 0;
    for (size_t length = strlen(header), i = 0; i < length; i += 80)
        times += strncmp(header + i, begin, strlen(begin)) == 0;
    return times;
}

static void assert_once(const char *header, const char *begin)
{
    if (times_in(header, begin) != 1)
        fail_msg("'%s' is there %d times, not once", begin, times_in(header, begin));
}

static void assert_absent(const char *header, const char *begin)
{
    if (times_in(header, begin) != 0)
        fail_msg("'%s' is there", begin);
}

/* The header of the image filtered from `source`. To be freed. */
static char *filtered_header(const char *source)
{
    double values[COUNT] = {0.5, 1.5, 2.5, 3.5, 4.5, 5.5};
    struct image image = {.ny = NY, .nx = NX, .pixels = values}, back;
    struct error error = {""};
    if (fits_write_filtered("result.fits", &image, source, "speedup filter: tested", &error) != 0 ||
        fits_read_image("result.fits", &back, &error) != 0)
        fail_msg("%s", error.text);
    assert_memory_equal(back.pixels, values, sizeof values); /* not scaled by old cards */
    image_destroy(&back);
    char *header = odd_header("result.fits");
    assert_once(header, "SIMPLE  =                    T");
    assert_once(header, "BITPIX  =                  -64");
    assert_once(header, "NAXIS   =                    2");
    assert_once(header, "NAXIS1  =                    3");
    assert_once(header, "HISTORY speedup filter: tested");
    return header;
}

static void assert_carried(const char *source)
{
    char *header = filtered_header(source);
    for (size_t i = 0; true_of_any_pixels[i]; i++)
        assert_once(header, true_of_any_pixels[i]);
    for (size_t i = 0; of_the_old_pixels[i]; i++) {
        char keyword[9] = "";
        memcpy(keyword, of_the_old_pixels[i], 8);
        assert_absent(header, keyword);
    }
    const char *compression[] = {"ZIMAGE", "ZCMPTYPE", "ZBITPIX",  "ZNAXIS",  "ZTILE",
                                 "ZNAME",  "ZVAL",     "ZSIMPLE",  "ZEXTEND", "ZTENSION",
                                 "ZBLANK", "ZQUANTIZ", "TTYPE",    "TFORM",   "TFIELDS",
                                 "PCOUNT", "GCOUNT",   "XTENSION", "EXTNAME"};
    for (size_t i = 0; i < sizeof compression / sizeof compression[0]; i++)
        assert_absent(header, compression[i]);
    free(header);
}

static void test_cards_that_stay_true_are_carried(void **state)
{
    (void)state;
    fitsfile *file = odd_create("plain.fits");
    add(file, true_of_any_pixels, of_the_old_pixels);
    odd_close(file);
    assert_carried("plain.fits");
}

static void test_so_they_are_from_compressed_files(void **state)
{
    (void)state;
    const char *const names[] = {"r.fits[compress R]", "g.fits[compress G]", "w.fits.gz"};
    const char *const made[] = {"r.fits", "g.fits", "w.fits.gz"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        fitsfile *file = odd_create(names[i]);
        add(file, true_of_any_pixels, of_the_old_pixels);
        odd_close(file);
        assert_carried(made[i]);
    }
}

static void test_an_extension_and_its_primary(void **state)
{
    (void)state;
    fitsfile *file = odd_create("extension.fits");
    odd_add_image(file, BYTE_IMG, 0, NULL, TBYTE, NULL, 0,
                  CARDS("TELESCOP= 'of the primary'", "OBJECT  = 'of the primary'",
                        "CONTINUE  'going on, overruled with it'", "CRVAL1  = 99.0",
                        "HIERARCH ESO TEL NAME = 'of the primary'",
                        "HIERARCH ESO DET NAME = 'of the primary'", "HISTORY of the primary",
                        "CHECKSUM= 'ITgLIQgKIQgKIQgK'"));
    add(file,
        CARDS("EXTNAME = 'SCI     '", "INHERIT =                    T",
              "OBJECT  = 'of the extension'", "HIERARCH ESO DET NAME = 'of the extension'",
              "HISTORY of the extension"),
        of_the_old_pixels);
    odd_close(file);

    char *header = filtered_header("extension.fits");
    assert_once(header, "TELESCOP= 'of the primary'");
    assert_once(header, "OBJECT  = 'of the extension'");
    assert_once(header, "OBJECT  ");
    assert_once(header, "HIERARCH ESO TEL NAME = 'of the primary'");
    assert_once(header, "HIERARCH ESO DET NAME = 'of the extension'");
    assert_once(header, "HIERARCH ESO DET");
    assert_once(header, "HISTORY of the primary");
    assert_once(header, "HISTORY of the extension");
    assert_once(header, "EXTNAME = 'SCI     '");
    const char *absent[] = {"CONTINUE", "CRVAL1", "INHERIT", "CHECKSUM", "BSCALE"};
    for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++)
        assert_absent(header, absent[i]);
    free(header);
}

static void test_illegal_cards_stay_behind(void **state)
{
    (void)state;
    size_t count;
    fitsfile *file = odd_create("odd.fits");
    add(file, CARDS("OBJECT  = 'M67     '", "BADWORD =                    1", "AFTER   = 2"), NULL);
    odd_close(file);
    char *bytes = scratch_read("odd.fits", &count), *header;
    for (size_t i = 0; i + 80 <= count; i += 80)
        if (strncmp(bytes + i, "BADWORD", 7) == 0)
            memcpy(bytes + i, "BAD*WOR", 7);
    scratch_write("odd.fits", bytes, count);
    free(bytes);
    header = filtered_header("odd.fits");
    assert_once(header, "OBJECT  = 'M67     '");
    assert_once(header, "AFTER   =");
    assert_absent(header, "BAD");
    free(header);
}

static void test_a_file_can_replace_itself(void **state)
{
    (void)state;
    double values[COUNT] = {0.5, 1.5, 2.5, 3.5, 4.5, 5.5};
    struct image image = {.ny = NY, .nx = NX, .pixels = values};
    struct error error;
    fitsfile *file = odd_create("a.fits");
    add(file, true_of_any_pixels, NULL);
    odd_close(file);
    assert_int_equal(fits_write_filtered("a.fits", &image, "a.fits", NULL, &error), 0);
    char *header = odd_header("a.fits");
    assert_once(header, "BITPIX  =                  -64");
    assert_once(header, true_of_any_pixels[0]);
    assert_int_equal(scratch_count("."), 1);
    free(header);
}

static void test_a_long_history_is_several_cards(void **state)
{
    (void)state;
    double values[COUNT] = {0};
    struct image image = {.ny = NY, .nx = NX, .pixels = values};
    struct error error;
    char history[151] = "";
    memset(history, 'h', 150);
    fitsfile *file = odd_create("a.fits");
    add(file, NULL, NULL);
    odd_close(file);
    assert_int_equal(fits_write_filtered("b.fits", &image, "a.fits", history, &error), 0);
    char *header = odd_header("b.fits");
    assert_int_equal(times_in(header, "HISTORY h"), 3); /* of 72 characters at most */
    free(header);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_enter, scratch_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(test_cards_that_stay_true_are_carried),
        IN_SCRATCH(test_so_they_are_from_compressed_files),
        IN_SCRATCH(test_an_extension_and_its_primary),
        IN_SCRATCH(test_illegal_cards_stay_behind),
        IN_SCRATCH(test_a_file_can_replace_itself),
        IN_SCRATCH(test_a_long_history_is_several_cards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

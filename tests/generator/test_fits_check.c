/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Headers that make cfitsio divide by zero or write beyond its arrays are an error in one line. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "generator/fits.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/scratch.h"

static const char primary[] = "SIMPLE=T BITPIX=8 NAXIS=0 EXTEND=T ";

/* An image of 8 x 8 pixels in a table. What is asked for comes behind it. */
static const char table[] =
    "XTENSION='BINTABLE' BITPIX=8 NAXIS=2 NAXIS1=8 NAXIS2=8 PCOUNT=64 GCOUNT=1 TFIELDS=1 "
    "TTYPE1='COMPRESSED_DATA' TFORM1='1PB(8)' ZIMAGE=T ZCMPTYPE='RICE_1' ZBITPIX=32 ZNAXIS=2 "
    "ZNAXIS1=8 ZNAXIS2=8 ZNAME1='BLOCKSIZE' ZNAME2='BYTEPIX' ZVAL2=4 ";

/* Writes a header, given as KEYWORD=VALUE with a blank behind each. */
static void put_header(FILE *file, const char *words)
{
    long cards = 0;
    for (const char *word = words; *word; word += strcspn(word, " ") + 1, cards++) {
        int keyword = (int)strcspn(word, "="), all = (int)strcspn(word, " ");
        const char *value = word + keyword + 1;
        int length = all - keyword - 1;
        if (*value == '\'') /* texts begin at once, numbers end in column 30 */
            fprintf(file, "%-8.*s= %-70.*s", keyword, word, length, value);
        else
            fprintf(file, "%-8.*s= %20.*s%50s", keyword, word, length, value, "");
    }
    fprintf(file, "%-80s", "END");
    for (cards++; cards % 36; cards++)
        fprintf(file, "%80s", "");
}

/* The pixels of either are 0 bytes, but each row of the table says where it has its own. */
static void put_file(const char *first, const char *second, const char *more)
{
    static const char zeros[2880];
    char words[1024];
    FILE *file = fopen("a.fits", "wb");
    assert_non_null(file);
    snprintf(words, sizeof words, "%s%s", first, second ? "" : more);
    put_header(file, words);
    if (second) {
        snprintf(words, sizeof words, "%s%s", second, more);
        put_header(file, words);
        for (unsigned char row = 0; row < 8; row++) {
            const unsigned char where[] = {0, 0, 0, 8, 0, 0, 0, (unsigned char)(8 * row)};
            fwrite(where, 1, sizeof where, file);
        }
        fwrite(zeros, 1, sizeof zeros - 64, file);
    } else {
        fwrite(zeros, 1, sizeof zeros, file);
    }
    assert_int_equal(fclose(file), 0);
}

static void assert_says(const char *text)
{
    struct image image;
    struct error error;
    assert_int_equal(fits_read_image("a.fits", &image, &error), -1);
    assert_string_equal(error.text, text);
}

static void a_good_file_is_read(void **state)
{
    struct image image;
    struct error error;
    (void)state;
    put_file(primary, table, "ZTILE1=8 ZTILE2=1 ZVAL1=32 ");
    if (fits_read_image("a.fits", &image, &error) != 0)
        fail_msg("%s", error.text);
    assert_int_equal(image.nx, 8);
    assert_int_equal(image.ny, 8);
    image_destroy(&image);
}

static void tiles_and_blocks_have_a_size(void **state)
{
    (void)state;
    put_file(primary, table, "ZTILE1=0 ZTILE2=1 ZVAL1=32 ");
    assert_says("a.fits: has a damaged header: ZTILE1 is 0");
    put_file(primary, table, "ZTILE1=8 ZTILE2=-1 ZVAL1=32 ");
    assert_says("a.fits: has a damaged header: ZTILE2 is -1");
    put_file(primary, table, "ZTILE1=8 ZTILE2=1 ZVAL1=0 ");
    assert_says("a.fits: has a damaged header: ZVAL1 is 0");
}

static void axes_are_few_and_can_be_counted(void **state)
{
    (void)state;
    put_file("SIMPLE=T BITPIX=-64 ", NULL, "NAXIS=999 NAXIS1=4 NAXIS2=4 ");
    assert_says("a.fits: has a damaged header: NAXIS is 999");
    put_file("SIMPLE=T BITPIX=-64 ", NULL, "NAXIS=2 NAXIS1=-4 NAXIS2=4 ");
    assert_says("a.fits: has a damaged header: NAXIS1 is -4");
    put_file("SIMPLE=T BITPIX=-64 ", NULL, "NAXIS=2 NAXIS1=4000000000 NAXIS2=4000000000 ");
    assert_says("a.fits: announces more pixels than any file can have");
}

static void a_small_file_has_no_large_image(void **state)
{
    (void)state;
    put_file(primary, table, "ZTILE1=80 ZTILE2=1 ZVAL1=32 ");
    assert_says("a.fits: has a damaged header: tiles larger than the image");
    put_file(primary, table, "ZNAXIS1=80000 ZNAXIS2=80000 ZTILE1=8 ZTILE2=1 ZVAL1=32 ");
    assert_says("a.fits: announces 409600000000 pixels, which cannot be in so small a file");
}

/* The last four bytes say what it was before. */
static void gzip_announces_what_can_be_in_it(void **state)
{
    static const unsigned char gzip[24] = {0x1f, 0x8b, 8, [20] = 0xff, 0xff, 0xff, 0xff};
    static unsigned char large[10041] = {0x1f, 0x8b, 8, [10037] = 0xd4, 0x26}; /* 9940 */
    static const char zip[] = "PK\3\4";
    struct image image;
    struct error error;
    (void)state;
    scratch_write("a.fits", gzip, sizeof gzip);
    assert_says("a.fits: is damaged: it announces 4294967295 bytes, which cannot be in it");
    scratch_write("a.fits", large, sizeof large); /* cfitsio asked for 4 GiB */
    assert_says("a.fits: is damaged: it announces 4294977236 bytes, which cannot be in it");
    large[sizeof large -
          4]++; /* 1 % less than it has become, as of noise: that is cfitsio's to judge */
    scratch_write("a.fits", large, sizeof large);
    assert_int_equal(fits_read_image("a.fits", &image, &error), -1);
    assert_null(strstr(error.text, "announces"));
    scratch_write("a.fits", zip, sizeof zip);
    assert_says("a.fits: is compressed in another way than by gzip");
}

static void what_is_no_file_is_not_opened(void **state)
{
    (void)state;
    assert_int_equal(mkfifo("a.fits", 0600), 0);
    assert_says("a.fits: is no regular file; give FITS files on disk");
}

/* Root may read everything, so the test is somebody else for a moment. */
static void what_may_not_be_read_is_called_so(void **state)
{
    enum { NOBODY = 65534 };
    struct image image;
    struct error error;
    bool root = geteuid() == 0;
    (void)state;
    scratch_write("b.fits", "SIMPLE", 6);
    assert_int_equal(chmod(".", 0755), 0);
    assert_int_equal(chmod("b.fits", 0), 0);
    assert_true(!root || seteuid(NOBODY) == 0);
    int failed = fits_read_image("b.fits", &image, &error);
    assert_true(!root || seteuid(0) == 0);
    assert_int_equal(failed, -1);
    assert_string_equal(error.text, "b.fits: cannot be read: Permission denied");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_enter, scratch_leave)
    const struct CMUnitTest tests[] = {
        TEST(a_good_file_is_read),
        TEST(tiles_and_blocks_have_a_size),
        TEST(a_small_file_has_no_large_image),
        TEST(gzip_announces_what_can_be_in_it),
        TEST(axes_are_few_and_can_be_counted),
        TEST(what_is_no_file_is_not_opened),
        TEST(what_may_not_be_read_is_called_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/odd_fits.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/cmocka_all.h"

fitsfile *odd_create(const char *name)
{
    fitsfile *file = NULL;
    FITS_TRY(fits_create_file(&file, name, &status));
    return file;
}

void odd_add_image(fitsfile *file, int bitpix, int axes, const long *lengths, int datatype,
                   const void *pixels, long count, const char *const *cards)
{
    FITS_TRY(fits_create_img(file, bitpix, axes, (long *)lengths, &status));
    for (size_t i = 0; cards && cards[i]; i++)
        FITS_TRY(fits_write_record(file, cards[i], &status));
    if (count == 0)
        return;
    FITS_TRY(fits_set_hdustruc(file, &status));
    FITS_TRY(fits_set_bscale(file, 1.0, 0.0, &status));
    FITS_TRY(fits_write_img(file, datatype, 1, count, (void *)pixels, &status));
}

void odd_close(fitsfile *file)
{
    FITS_TRY(fits_close_file(file, &status));
}

char *odd_header(const char *name)
{
    fitsfile *file = NULL;
    int count = 0;
    char *text = NULL;
    FITS_TRY(fits_open_diskfile(&file, name, READONLY, &status));
    FITS_TRY(fits_get_hdrspace(file, &count, NULL, &status));
    text = calloc((size_t)count + 1, 80);
    assert_non_null(text);
    for (int i = 0; i < count; i++) {
        char card[FLEN_CARD];
        FITS_TRY(fits_read_record(file, i + 1, card, &status));
        memset(text + 80 * i, ' ', 80);
        memcpy(text + 80 * i, card, strlen(card));
    }
    odd_close(file);
    return text;
}

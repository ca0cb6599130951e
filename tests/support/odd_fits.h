/* SPDX-License-Identifier: GPL-3.0-or-later */
/* FITS files of all kinds, made through cfitsio, to try generator/fits.h on. The calling test fails
 * where one cannot be made. */
#ifndef TESTS_SUPPORT_ODD_FITS_H
#define TESTS_SUPPORT_ODD_FITS_H

#include <fitsio.h>

/* What is wrong with a file that is being made is a bug in the test. */
#define FITS_TRY(call)                                                                             \
    do {                                                                                           \
        int status = 0;                                                                            \
        call;                                                                                      \
        if (status)                                                                                \
            fail_msg("%s: cfitsio status %d", #call, status);                                      \
    } while (0)

/* A new file (see cfitsio for `name` when it is compressed), with nothing in it. */
fitsfile *odd_create(const char *name);

/* Adds an image of `axes` axes (axes[0] is NAXIS1) to the file: first into the primary. `pixels`
 * are `count` values of cfitsio's `datatype`, stored as they are in memory; `cards` (ended by NULL,
 * or NULL) come into the header before the pixels, and those of scaling are not applied to them. */
void odd_add_image(fitsfile *file, int bitpix, int axes, const long *lengths, int datatype,
                   const void *pixels, long count, const char *const *cards);

void odd_close(fitsfile *file);

/* The whole header of the primary of a file: 80 characters a card, no newline between them. To be
 * freed. */
char *odd_header(const char *name);

#endif

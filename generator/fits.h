/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Images from and to FITS files, through cfitsio.
 *
 * File names are taken as they are: cfitsio's extended syntax (filters in brackets, leading `!`) is
 * never used, and neither `~` nor leading blanks mean anything. Any number of threads may call
 * these functions at a time, after fits_ready(): where the library was built without locks of its
 * own, they take turns.
 *
 * Standard: Pence et al., "Definition of the FITS standard, version 3.0", A&A 524, A42 (2010).
 */
#ifndef GENERATOR_FITS_H
#define GENERATOR_FITS_H

#include "generator/image.h"
#include "harness/base/error.h"

/* Sets the library up; call it once before the first thread starts. 0, or -1 with *error set. */
int fits_ready(struct error *error);

/* Reads the first image in the file, primary or extension, as float64: any BITPIX, with BSCALE and
 * BZERO applied, BLANK and NaN as NaN; plain, gzip- or tile-compressed files. float64 pixels come
 * bit for bit as they are (64-bit integers are rounded to the nearest float64 beyond 2^53, unsigned
 * ones with their BZERO of 2^63 once more). Row 0 is the first in the file, NAXIS1 is nx. Axes
 * beyond the second must have length 1; one axis is one row. Headers without pixels are skipped.
 *
 * 0, and image_destroy() is the caller's; or -1 with *error naming the file, and no pixels. */
int fits_read_image(const char *path, struct image *image, struct error *error);

/* The same, but a compressed file is read in a process of its own: decoding one that is damaged, or
 * made to do harm, can crash the library, and then that is an error of this file and not our end.
 * It forks, so it is only for programs that have no other thread. */
int fits_read_image_apart(const char *path, struct image *image, struct error *error);

/* Writes the image as float64 into the primary of a new file, which replaces an old one. The file
 * appears whole or not at all. 0, or -1 with *error naming the file. */
int fits_write_image(const char *path, const struct image *image, struct error *error);

/* The same for an image that was made from the first image in the file `source`: carries over its
 * header cards (world coordinates, object, date, comments), but for those that described the form
 * of its pixels (BSCALE, BLANK, DATAMAX, check sums, compression, ...), and adds `history` as
 * HISTORY. For an image in an extension also those of the primary header that the extension does
 * not have itself, without the primary's coordinates. `source` may be `path`. */
int fits_write_filtered(const char *path, const struct image *image, const char *source,
                        const char *history, struct error *error);

#endif

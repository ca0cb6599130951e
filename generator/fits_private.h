/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reading and writing FITS files have in common; for fits_*.c only. */
#ifndef GENERATOR_FITS_PRIVATE_H
#define GENERATOR_FITS_PRIVATE_H

#include <fitsio.h>

#include "harness/base/error.h"

/* Calls of the library stand between these two; they lock only where it does not lock itself. */
void fits_private_enter(void);
void fits_private_leave(void);

/* "path: why: what the library says of `status`"; empties its stack of messages. Returns -1. */
int fits_private_error(struct error *error, const char *path, const char *why, int status);

/* The path as cfitsio takes it literally, even of its functions for plain files, which skip leading
 * blanks and look up a leading `~`: with `./` before it unless it is absolute. `literal` has room
 * for FLEN_FILENAME bytes. 0, or -1 with *error set when the path is too long for cfitsio. */
int fits_private_literal(char *literal, const char *path, struct error *error);

/* Looks at the headers before cfitsio does, which crashes on some. 0: they are sound (what is no
 * FITS file at all is left to cfitsio). 1: something in the file is compressed, and its headers
 * cannot tell whether decoding it is safe. -1 with *error set: the file cannot be opened, or is
 * compressed by something other than gzip; a header has a value that no image has, or announces
 * more pixels than so small a file can hold. */
int fits_private_check(const char *path, struct error *error);

/* Opens a file for reading, moves to its first image and tells its shape (rows, columns). 0, or -1
 * with *error set and the file closed. */
int fits_private_open(fitsfile **file, const char *path, size_t *ny, size_t *nx,
                      struct error *error);

/* Closes a file that was only read; NULL is legal. */
void fits_private_close(fitsfile *file);

/* Writes the cards of the first image of the file `source` that are true of other pixels, too, at
 * the end of the header of `to`, and before them those of the primary header where the image is in
 * an extension. What belongs to the form of the old pixels stays behind: structure, scaling, BLANK,
 * range of values, compression, check sums. So do cards that are not legal FITS. An extension's own
 * card overrules the primary's, and the primary's coordinates are those of another image.
 * 0, or -1 with *error set. */
int fits_private_carry_header(fitsfile *to, const char *source, struct error *error);

#endif

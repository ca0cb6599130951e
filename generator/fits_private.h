/* What reading and writing FITS files have in common; for fits_*.c only. */
#ifndef GENERATOR_FITS_PRIVATE_H
#define GENERATOR_FITS_PRIVATE_H

#include <fitsio.h>

#include "generator/error.h"

/* Calls of the library stand between these two; they lock only where it does not lock itself. */
void fits_private_enter(void);
void fits_private_leave(void);

/* "path: why: what the library says of `status`"; empties its stack of messages. Returns -1. */
int fits_private_error(struct error *error, const char *path, const char *why, int status);

/* Opens a file for reading, moves to its first image and tells its shape (rows, columns). 0, or -1
 * with *error set and the file closed. */
int fits_private_open(fitsfile **file, const char *path, size_t *ny, size_t *nx,
                      struct error *error);

/* Closes a file that was only read; NULL is legal. */
void fits_private_close(fitsfile *file);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card in the header of a result that tells which file it was made from, so that the result of
 * another file of the same name is not replaced by mistake. */
#ifndef GENERATOR_FITS_SOURCE_H
#define GENERATOR_FITS_SOURCE_H

#include <fitsio.h>
#include <stdbool.h>

/* Writes the card; to be called between fits_private_enter() and fits_private_leave(). As in
 * cfitsio, it does nothing where *status is not 0 already, and sets it when it fails. */
void fits_source_put(fitsfile *file, const char *source, int *status);

/* Whether the file `result` was made from the file `source`, as its card has it. */
bool fits_source_is(const char *result, const char *source);

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card in a result that tells which file it was made of, so that no result of another file of the
 * same name is replaced unseen. */
#ifndef GENERATOR_FITS_SOURCE_H
#define GENERATOR_FITS_SOURCE_H

#include <fitsio.h>
#include <stdbool.h>

/* Writes the card, between fits_private_enter() and fits_private_leave(). */
void fits_source_put(fitsfile *file, const char *source, int *status);

/* Whether the file `result` was made of the file `source`, by its card. */
bool fits_source_is(const char *result, const char *source);

#endif

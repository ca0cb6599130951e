/* SPDX-License-Identifier: GPL-3.0-or-later */
/* original.fits and filtered.fits of a result directory, in a form that gnuplot can draw. */
#ifndef HARNESS_REPORT_GRAPHS_PREVIEW_H
#define HARNESS_REPORT_GRAPHS_PREVIEW_H

#include <stdio.h>

#include "generator/image.h"
#include "harness/base/error.h"

/* Writes an image and what the filter made of it to DIR/original.fits and DIR/filtered.fits. 0, or
 * -1 with *error set. */
int preview_keep(const char *directory, const struct image *original, const struct image *filtered,
                 struct error *error);

/* Removes these two where they are. 0, or -1 with *error set. */
int preview_forget(const char *directory, struct error *error);

/* Writes DIR/image.bin: both images as raw float64, bottom row first, original then filtered, each
 * averaged down to at most 600 pixels a side; and, as gnuplot settings into `settings`, their shape
 * and the limits of their colour scales. *made becomes 1; 0 where there are no two images of one
 * shape to show, or of a single row or column, which is no error. 0, or -1 with *error set. */
int preview_write(const char *directory, FILE *settings, int *made, struct error *error);

/* Removes DIR/image.bin. */
void preview_remove(const char *directory);

#endif

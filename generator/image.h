/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The image: a 2-D array of float64. */
#ifndef GENERATOR_IMAGE_H
#define GENERATOR_IMAGE_H

#include <stddef.h>

#include "harness/base/error.h"

/* `ny` rows by `nx` columns, row-major: pixel (y, x) is pixels[y * nx + x]. A missing pixel is NaN.
 * The struct itself is a view: it is passed and copied by value, and whoever made the pixels frees
 * them (image_destroy() for image_create(), the harness for images in shared memory). */
struct image {
    size_t ny, nx;
    double *pixels;
};

/* Allocates an image of ny x nx pixels, values undefined. 0, or -1 with *error set (no memory, or
 * a size of 0 or one that does not fit into memory); then image->pixels is NULL. */
int image_create(struct image *image, size_t ny, size_t nx, struct error *error);

/* Frees the pixels and forgets them. Legal on an image whose pixels are NULL. */
void image_destroy(struct image *image);

/* The largest absolute value of all pixels that are not missing; 0 where there is none. */
double image_largest(const struct image *image);

/* ny * nx * sizeof(double), or 0 where that overflows. */
size_t image_bytes(size_t ny, size_t nx);

#endif

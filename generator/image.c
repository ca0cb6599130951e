/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "generator/image.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

size_t image_bytes(size_t ny, size_t nx)
{
    if (nx != 0 && ny > SIZE_MAX / sizeof(double) / nx)
        return 0;
    return ny * nx * sizeof(double);
}

int image_create(struct image *image, size_t ny, size_t nx, struct error *error)
{
    size_t bytes = image_bytes(ny, nx);
    image->ny = ny;
    image->nx = nx;
    image->pixels = bytes ? malloc(bytes) : NULL;
    if (!image->pixels)
        return error_set(error, "image", "no memory for %zu x %zu pixels", ny, nx);
    return 0;
}

double image_largest(const struct image *image)
{
    double largest = 0;
    for (size_t i = 0; i < image->ny * image->nx; i++)
        if (fabs(image->pixels[i]) > largest) /* false for NaN */
            largest = fabs(image->pixels[i]);
    return largest;
}

void image_destroy(struct image *image)
{
    free(image->pixels);
    image->pixels = NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "generator/fits.h"
#include "generator/fits_private.h"

/* For a cfitsio that was built without --enable-reentrant. */
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

void fits_private_enter(void)
{
    if (!fits_is_reentrant())
        pthread_mutex_lock(&turn);
}

void fits_private_leave(void)
{
    if (!fits_is_reentrant())
        pthread_mutex_unlock(&turn);
}

int fits_private_error(struct error *error, const char *path, const char *why, int status)
{
    char text[FLEN_STATUS];
    fits_get_errstatus(status, text);
    fits_clear_errmsg();
    return error_set(error, path, "%s (cfitsio: %s)", why, text);
}

int fits_ready(struct error *error)
{
    int status = fits_init_cfitsio();
    return status ? fits_private_error(error, "cfitsio", "cannot start", status) : 0;
}

void fits_private_close(fitsfile *file)
{
    int status = 0;
    if (file)
        fits_close_file(file, &status);
    fits_clear_errmsg(); /* nothing was written, so nothing can have been lost */
}

int fits_private_literal(char *literal, const char *path, struct error *error)
{
    int length = snprintf(literal, FLEN_FILENAME, "%s%s", path[0] == '/' ? "" : "./", path);
    if (length < 0 || length >= FLEN_FILENAME)
        return error_set(error, path, "the path is too long; cfitsio takes up to %d characters",
                         FLEN_FILENAME - 1);
    return 0;
}

/* An axis may have length 0: then there is a header, but no image. */
static bool has_pixels(const LONGLONG lengths[], int axes)
{
    for (int axis = 0; axis < axes; axis++)
        if (lengths[axis] == 0)
            return false;
    return axes > 0;
}

/* Moves on to the first image with pixels. *axes becomes the number of its axes, and `lengths` has
 * the first axes_at_most of them. 0, or -1 with *error set. */
static int find_image(fitsfile *file, const char *path, int *axes, LONGLONG lengths[],
                      int axes_at_most, struct error *error)
{
    int status = 0, type, bitpix;
    for (;;) {
        *axes = 0;
        fits_get_hdu_type(file, &type, &status);
        if (!status && type == IMAGE_HDU)
            fits_get_img_paramll(file, axes_at_most, &bitpix, axes, lengths, &status);
        if (status)
            return fits_private_error(error, path, "has a header that cannot be read", status);
        if (has_pixels(lengths, *axes < axes_at_most ? *axes : axes_at_most))
            return 0;
        fits_movrel_hdu(file, 1, NULL, &status);
        if (status == END_OF_FILE)
            return error_set(error, path, "has no image in it");
        if (status)
            return fits_private_error(error, path, "cannot be read", status);
    }
}

int fits_private_open(fitsfile **file, const char *path, size_t *ny, size_t *nx,
                      struct error *error)
{
    enum { AXES_AT_MOST = 9 };
    int status = 0, axes;
    char literal[FLEN_FILENAME];
    LONGLONG lengths[AXES_AT_MOST] = {0};

    *file = NULL;
    if (fits_private_check(path, error) < 0 || fits_private_literal(literal, path, error) != 0)
        return -1;
    if (fits_open_diskfile(file, literal, READONLY, &status))
        return fits_private_error(error, path, "is not a FITS file, or damaged", status);
    if (find_image(*file, path, &axes, lengths, AXES_AT_MOST, error) != 0)
        goto failed;
    for (int axis = 2; axis < axes; axis++)
        if (axis >= AXES_AT_MOST || lengths[axis] != 1) {
            error_set(error, path,
                      "its image has %d axes; give images with two, a plane of the "
                      "cube each",
                      axes);
            goto failed;
        }
    *nx = (size_t)lengths[0];
    *ny = axes > 1 ? (size_t)lengths[1] : 1;
    return 0;
failed:
    fits_private_close(*file);
    *file = NULL;
    return -1;
}

static int read_pixels(fitsfile *file, const char *path, size_t first, size_t count, double *pixels,
                       struct error *error)
{
    int status = 0, bitpix;
    int any; /* not looked at; but without it cfitsio 4.2 crashes on a BLANK pixel */
    double missing = (double)NAN;
    fits_get_img_type(file, &bitpix, &status);
    /* Asked to look for missing values in floating point, cfitsio also sets denormals to 0; but
     * there they are NaN already. Tile compression has a code of its own for them. */
    bool look = bitpix > 0 || fits_is_compressed_image(file, &status);
    fits_read_img(file, TDOUBLE, (LONGLONG)first + 1, (LONGLONG)count, look ? &missing : NULL,
                  pixels, &any, &status);
    if (status)
        return fits_private_error(error, path, "its pixels cannot be read: truncated or damaged",
                                  status);
    return 0;
}

static int read_image(fitsfile *file, const char *path, struct image *image, struct error *error)
{
    size_t pixels = image_bytes(image->ny, image->nx) / sizeof *image->pixels;
    double last;
    /* The last pixel first: a damaged header can announce more than any memory holds. */
    if (pixels && read_pixels(file, path, pixels - 1, 1, &last, error) != 0)
        return -1;
    if (image_create(image, image->ny, image->nx, error) != 0)
        return error_set(error, path, "no memory for its %zu x %zu pixels", image->ny, image->nx);
    return read_pixels(file, path, 0, pixels, image->pixels, error);
}

int fits_read_image(const char *path, struct image *image, struct error *error)
{
    fitsfile *file;
    *image = (struct image){0};
    fits_private_enter();
    int failed = fits_private_open(&file, path, &image->ny, &image->nx, error);
    if (!failed) {
        failed = read_image(file, path, image, error);
        if (failed)
            image_destroy(image);
        fits_private_close(file);
    }
    fits_private_leave();
    return failed;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "generator/fits.h"
#include "generator/fits_private.h"
#include "generator/fits_source.h"
#include "harness/base/process/leftovers.h"

/* Beside the file itself, so that it can be renamed; hidden, and of this process alone. */
static int temporary_name(char *temporary, const char *path, struct error *error)
{
    enum { NAME_AT_MOST = 200 }; /* of the name: with the rest it still fits into NAME_MAX, 255 */
    char name[NAME_AT_MOST + 1], hidden[NAME_MAX + 1];
    const char *slash = strrchr(path, '/');
    int directory = slash ? (int)(slash + 1 - path) : 0;
    snprintf(name, sizeof name, "%.*s", NAME_AT_MOST, path + directory);
    if (leftovers_name(name, hidden, sizeof hidden, error) != 0)
        return -1;
    int length = snprintf(temporary, PATH_MAX, "%.*s%s", directory, path, hidden);
    if (length < 0 || length >= PATH_MAX)
        return error_set(error, path, "the path is too long");
    return 0;
}

static int write_file(const char *temporary, const char *path, const struct image *image,
                      const char *source, const char *history, struct error *error)
{
    fitsfile *file = NULL;
    int status = 0, failed = 0;
    char literal[FLEN_FILENAME];
    LONGLONG lengths[] = {(LONGLONG)image->nx, (LONGLONG)image->ny};

    if (fits_private_literal(literal, temporary, error) != 0)
        return error_set(error, path, "the path is too long");
    if (remove(temporary) != 0 && errno != ENOENT)
        return error_system(error, path, "cannot be written", errno);
    errno = 0;
    if (fits_create_diskfile(&file, literal, &status))
        return errno ? error_system(error, path, "cannot be written", errno)
                     : fits_private_error(error, path, "cannot be written", status);
    errno = 0;
    fits_create_imgll(file, DOUBLE_IMG, 2, lengths, &status);
    if (source && !status)
        failed = fits_private_carry_header(file, source, error);
    if (source && !failed && !status)
        fits_source_put(file, source, &status);
    if (history && !failed)
        fits_write_history(file, history, &status);
    if (!failed)
        fits_write_img(file, TDOUBLE, 1, lengths[0] * lengths[1], image->pixels, &status);
    int wrong = status, number = errno;
    status = 0;
    fits_close_file(file, &status); /* writes what is left, however it went so far */
    if (failed)
        return -1;
    if (number == 0)
        number = errno;
    if ((wrong || status) && (number == ENOSPC || number == EDQUOT || number == EFBIG)) {
        fits_clear_errmsg();
        return error_system(error, path, "cannot be written", number);
    }
    if (wrong || status)
        return fits_private_error(error, path, "cannot be written", wrong ? wrong : status);
    return 0;
}

/* A signal that ends the program does so before or after a file is written, so that nothing
 * half-written stays behind. */
static void hold_signals(sigset_t *before)
{
    sigset_t held;
    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGTERM);
    sigaddset(&held, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &held, before);
}

int fits_write_filtered(const char *path, const struct image *image, const char *source,
                        const char *history, struct error *error)
{
    char temporary[PATH_MAX];
    sigset_t before;
    if (temporary_name(temporary, path, error) != 0)
        return -1;
    hold_signals(&before);
    fits_private_enter();
    int failed = write_file(temporary, path, image, source, history, error);
    fits_private_leave();
    if (!failed && rename(temporary, path) != 0)
        failed = error_system(error, path, "cannot be written", errno);
    if (failed)
        remove(temporary);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return failed;
}

int fits_write_image(const char *path, const struct image *image, struct error *error)
{
    return fits_write_filtered(path, image, NULL, NULL, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "generator/fits_source.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "generator/fits_private.h"
#include "harness/base/sum.h"

static char keyword[] = "SPDUPSRC", comment[] = "which file it was made of";
enum { MARK = 17 }; /* 16 digits and a null byte */

/* A sum over the absolute path: it fits on one card, whatever the path, and tells nobody whose
 * directory it was. "" where the file is gone. */
static void mark_of(const char *source, char mark[MARK])
{
    char path[PATH_MAX];
    mark[0] = '\0';
    if (!realpath(source, path))
        return;
    snprintf(mark, MARK, "%016" PRIx64, sum_of_bytes(SUM_BEGIN, path, strlen(path)));
}

void fits_source_put(fitsfile *file, const char *source, int *status)
{
    char mark[MARK];
    mark_of(source, mark);
    if (!*mark) /* no memory, say: it has just been read */
        *status = FILE_NOT_OPENED;
    fits_update_key_str(file, keyword, mark, comment, status);
}

bool fits_source_is(const char *result, const char *source)
{
    char literal[FLEN_FILENAME], mark[MARK], found[FLEN_VALUE] = "";
    struct error ignored;
    fitsfile *file = NULL;
    int status = 0;
    mark_of(source, mark);
    fits_private_enter();
    if (fits_private_literal(literal, result, &ignored) == 0 &&
        fits_open_diskfile(&file, literal, READONLY, &status) == 0)
        fits_read_key_str(file, keyword, found, NULL, &status);
    fits_private_close(file);
    fits_private_leave();
    return status == 0 && *mark && strcmp(mark, found) == 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A look at the headers of a file before cfitsio sees them: with some values it divides by zero or
 * writes beyond its arrays (4.2: ZTILEn = 0, BLOCKSIZE = 0, NAXIS = 999). */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "generator/fits_private.h"

enum { CARD = 80, BLOCK = 2880, KEYWORD = 8, AXES_AT_MOST = 99 };
static const double MOST_BYTES = 4e18; /* what a file position can count */

/* What of one header tells how long the data behind it are. */
struct header {
    double bitpix, axes, pcount, gcount;
    double length[AXES_AT_MOST];
};

/* The number at the end of the keyword, as in NAXIS2; 0: the keyword is another. */
static int numbered(const char *card, const char *keyword)
{
    size_t length = strlen(keyword);
    if (strncmp(card, keyword, length) != 0 || card[length] < '1' || card[length] > '9')
        return 0;
    return atoi(card + length); /* ends at the blank or '=' behind it */
}

static bool is_called(const char *card, const char *keyword)
{
    return strncmp(card, keyword, strlen(keyword)) == 0 &&
           strspn(card + strlen(keyword), " ") >= KEYWORD - strlen(keyword);
}

/* `smallest` and `largest` are what makes sense. */
static int check_value(const char *path, const char *card, double smallest, double largest,
                       struct error *error)
{
    double value = strtod(card + KEYWORD + 2, NULL);
    if (value >= smallest && value <= largest) /* false for NaN */
        return 0;
    int length = (int)strcspn(card, " =");
    return error_set(error, path, "has a damaged header: %.*s is %.15g", length, card, value);
}

/* `blocksize`: the number n of the ZNAMEn that said BLOCKSIZE, whose value is in ZVALn. */
static int check_card(const char *path, const char *card, struct header *header, int *blocksize,
                      struct error *error)
{
    double value = strtod(card + KEYWORD + 2, NULL);
    int axis = numbered(card, "NAXIS"), parameter = numbered(card, "ZNAME");
    if (is_called(card, "BITPIX"))
        header->bitpix = value < 0 ? -value : value;
    else if (is_called(card, "PCOUNT"))
        header->pcount = value;
    else if (is_called(card, "GCOUNT"))
        header->gcount = value;
    else if (is_called(card, "NAXIS"))
        header->axes = value;
    else if (axis >= 1 && axis <= AXES_AT_MOST)
        header->length[axis - 1] = value;
    else if (parameter && strstr(card, "'BLOCKSIZE"))
        *blocksize = parameter;

    if (is_called(card, "NAXIS") || is_called(card, "ZNAXIS"))
        return check_value(path, card, 0, AXES_AT_MOST, error);
    if (axis || numbered(card, "ZNAXIS"))
        return check_value(path, card, 0, MOST_BYTES, error);
    if (numbered(card, "ZTILE"))
        return check_value(path, card, 1, MOST_BYTES, error);
    if (*blocksize && numbered(card, "ZVAL") == *blocksize)
        return check_value(path, card, 1, 1e6, error);
    return 0;
}

/* In bytes, without what fills the last block. */
static double data_length(const struct header *header)
{
    double count = header->axes > 0 ? 1 : 0;
    for (int axis = 0; axis < (int)header->axes; axis++)
        count *= header->length[axis];
    return header->bitpix / 8 * header->gcount * (header->pcount + count);
}

/* One header: 1 when the next may follow, 0 at the end of the file (or of what is FITS: that is
 * cfitsio's to say), -1 with *error set. */
static int check_header(FILE *file, const char *path, struct error *error)
{
    struct header header = {.gcount = 1};
    char card[CARD + 1] = "";
    int blocksize = 0;
    long cards = 0;
    while (fread(card, 1, CARD, file) == CARD) {
        if (cards++ == 0 && !is_called(card, "SIMPLE") && !is_called(card, "XTENSION"))
            return 0;
        if (is_called(card, "END")) {
            long used = cards * CARD % BLOCK;
            double bytes = data_length(&header), skipped = used ? (double)(BLOCK - used) : 0;
            if (!(bytes >= 0 && bytes <= MOST_BYTES))
                return error_set(error, path, "announces more pixels than any file can have");
            skipped += bytes + (double)((BLOCK - (long long)bytes % BLOCK) % BLOCK);
            return skipped < 1e18 && fseeko(file, (off_t)skipped, SEEK_CUR) == 0;
        }
        if (strncmp(card + KEYWORD, "= ", 2) == 0 &&
            check_card(path, card, &header, &blocksize, error) != 0)
            return -1;
    }
    return 0;
}

int fits_private_check(const char *path, struct error *error)
{
    int next;
    FILE *file = fopen(path, "rb");
    if (!file)
        return error_system(error, path, "cannot be read", errno);
    while ((next = check_header(file, path, error)) > 0)
        continue;
    fclose(file);
    return next;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A look at the headers of a file before cfitsio sees them: with some values it divides by zero or
 * writes beyond its arrays (4.2: ZTILEn = 0, BLOCKSIZE = 0, NAXIS = 999). */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "generator/fits_private.h"

enum { CARD = 80, BLOCK = 2880, KEYWORD = 8, AXES_AT_MOST = 99 };
static const double MOST_BYTES = 4e18; /* what a file position can count */

/* What a header says about the length of the data behind it. */
struct header {
    double bitpix, axes, pcount, gcount;
    double length[AXES_AT_MOST];
    bool tiles;    /* compressed in tiles, */
    double pixels; /* so many of them, */
    double tile;   /* so many in each */
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

/* 0, or -1 with *error set where the value of the card is not from `smallest` to `largest`. */
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

    header->tiles = header->tiles || strncmp(card, "ZCMPTYPE", KEYWORD) == 0;
    header->pixels *= numbered(card, "ZNAXIS") ? value : 1;
    header->tile *= numbered(card, "ZTILE") ? value : 1;
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

/* Bytes of the data behind a header, without the padding of the last block. */
static double data_length(const struct header *header)
{
    double count = header->axes > 0 ? 1 : 0;
    for (int axis = 0; axis < (int)header->axes; axis++)
        count *= header->length[axis];
    return header->bitpix / 8 * header->gcount * (header->pcount + count);
}

/* cfitsio asks for memory for a tile before it looks at what is in it. Of the kinds of compression
 * PLIO_1 gets the most into a byte, 2047 pixels (but for HCOMPRESS_1 of an image that is all the same). */
static int check_tiles(const struct header *header, FILE *file, const char *path,
                       struct error *error)
{
    const double most = 2048;
    struct stat info;
    if (!header->tiles)
        return 0;
    if (header->tile > header->pixels)
        return error_set(error, path, "has a damaged header: tiles larger than the image");
    if (fstat(fileno(file), &info) == 0 && header->pixels > most * (double)info.st_size)
        return error_set(error, path, "announces %.15g pixels, which cannot be in so small a file",
                         header->pixels);
    return 0;
}

/* One header: 1 when the next may follow, 0 at the end of the file (or of what is FITS: that is
 * cfitsio's to say), -1 with *error set. *packed becomes true where pixels are compressed. */
static int check_header(FILE *file, const char *path, bool *packed, struct error *error)
{
    struct header header = {.gcount = 1, .pixels = 1, .tile = 1};
    char card[CARD + 1] = "";
    int blocksize = 0;
    long cards = 0;
    while (fread(card, 1, CARD, file) == CARD) {
        if (cards++ == 0 && !is_called(card, "SIMPLE") && !is_called(card, "XTENSION"))
            return 0;
        *packed = *packed || header.tiles;
        if (is_called(card, "END")) {
            long used = cards * CARD % BLOCK;
            double bytes = data_length(&header), skipped = used ? (double)(BLOCK - used) : 0;
            if (!(bytes >= 0 && bytes <= MOST_BYTES))
                return error_set(error, path, "announces more pixels than any file can have");
            if (check_tiles(&header, file, path, error) != 0)
                return -1;
            skipped += bytes + (double)((BLOCK - (long long)bytes % BLOCK) % BLOCK);
            /* No file is as long, and added to a position it still fits into an off_t. */
            return skipped < 1e18 && fseeko(file, (off_t)skipped, SEEK_CUR) == 0;
        }
        if (strncmp(card + KEYWORD, "= ", 2) == 0 &&
            check_card(path, card, &header, &blocksize, error) != 0)
            return -1;
    }
    return 0;
}

/* gzip keeps the original length modulo 4 GiB. We add 4 GiB, as cfitsio does, as often as it takes
 * for the original to be longer than the file; but not where gzip could not make it shorter: such a
 * file grows by less than 1 %. */
static double original_length(double announced, double size)
{
    const double turn = 4294967296,
                 small = 10000; /* to shorter files cfitsio adds nothing either */
    while (size > small && announced < 0.99 * size)
        announced += turn;
    return announced;
}

/* The last four bytes of a gzip file are the length of the original, and cfitsio asks for as much
 * memory; but no byte that gzip writes can stand for more than 1032. */
static int check_gzip(FILE *file, const char *path, struct error *error)
{
    const double most = 1032;
    unsigned char length[4] = {0};
    if (fseeko(file, -4, SEEK_END) != 0 || fread(length, 1, sizeof length, file) != sizeof length)
        return 0;
    double announced = length[0] + 256.0 * (length[1] + 256.0 * (length[2] + 256.0 * length[3]));
    announced = original_length(announced, (double)ftello(file));
    if (announced > most * (double)ftello(file))
        return error_set(error, path, "is damaged: it announces %.0f bytes, which cannot be in it",
                         announced);
    return 0;
}

/* Says what cfitsio would only call "could not open the named file"; and before anybody opens it,
 * since opening a FIFO waits until somebody writes into it. */
static int check_kind(const char *path, struct error *error)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return error_system(error, path, "cannot be read", errno);
    if (S_ISDIR(info.st_mode))
        return error_set(error, path, "is a directory; name FITS files");
    if (!S_ISREG(info.st_mode))
        return error_set(error, path, "is no regular file; give FITS files on disk");
    return info.st_size == 0 ? error_set(error, path, "is empty") : 0;
}

int fits_private_check(const char *path, struct error *error)
{
    int next, first, second;
    bool packed = false;
    if (check_kind(path, error) != 0)
        return -1;
    FILE *file = fopen(path, "rb");
    if (!file)
        return error_system(error, path, "cannot be read", errno);
    first = getc(file);
    second = getc(file);
    packed = first == 0x1f && second == 0x8b;
    if (packed) {
        next = check_gzip(file, path, error);
    } else if (first == 0x1f || (first == 'P' && second == 'K') ||
               (first == 'B' && second == 'Z')) {
        next = error_set(error, path, "is compressed in another way than by gzip");
    } else {
        rewind(file);
        while ((next = check_header(file, path, &packed, error)) > 0)
            continue;
    }
    fclose(file);
    return next < 0 ? -1 : packed;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "generator/fits_private.h"

/* Header cards of one HDU, 80 characters and a null byte each, CONTINUE cards after their own. */
struct cards {
    char (*card)[FLEN_CARD];
    int count;
};

static bool is_one_of(const char *card, const char *const *keywords, size_t count)
{
    enum { KEYWORD_LENGTH = 8 };
    for (size_t i = 0; i < count; i++)
        if (strncmp(card, keywords[i], KEYWORD_LENGTH) == 0)
            return true;
    return false;
}

static bool is_continuation(const char *card)
{
    return strncmp(card, "CONTINUE", 8) == 0;
}

/* True for cards that mean the same in the new file. */
static bool can_be_carried(char *card)
{
    /* These describe the form, too, although fits_get_keyclass() does not know them: INHERIT
     * belongs to an extension, the others are left by compression in tiles. */
    static const char *const of_the_form[] = {
        "INHERIT ", "ZSIMPLE ", "ZTENSION", "ZEXTEND ", "ZBLOCKED", "ZPCOUNT ", "ZGCOUNT ",
        "ZQUANTIZ", "ZDITHER0", "ZMASKCMP", "ZHECKSUM", "ZDATASUM", "ZTHEAP  ",
    };
    if (is_one_of(card, of_the_form, sizeof of_the_form / sizeof of_the_form[0]) ||
        strncmp(card, "EXTNAME = 'COMPRESSED_IMAGE'", 28) == 0)
        return false;
    switch (fits_get_keyclass(card)) {
    case TYP_STRUC_KEY:
    case TYP_CMPRS_KEY:
    case TYP_SCAL_KEY:
    case TYP_NULL_KEY:
    case TYP_DIM_KEY:
    case TYP_RANG_KEY:
    case TYP_CKSUM_KEY:
        return false;
    default:
        return true;
    }
}

/* The cards of the current HDU that can be carried over. */
static int read_cards(fitsfile *file, struct cards *cards, int *status)
{
    int number = 0;
    bool carried = false;
    char card[FLEN_CARD];
    if (fits_get_hdrspace(file, &number, NULL, status))
        return *status;
    cards->card = calloc((size_t)number + 1, sizeof *cards->card);
    if (!cards->card)
        return *status = MEMORY_ALLOCATION;
    for (int i = 1; i <= number && !fits_read_record(file, i, card, status); i++) {
        if (!is_continuation(card)) /* which shares the fate of the card before it */
            carried = can_be_carried(card);
        if (carried)
            memcpy(cards->card[cards->count++], card, sizeof card);
    }
    return *status;
}

/* The keyword, in full also where it is longer than 8 characters (HIERARCH). */
static void keyword_of(char *card, char name[FLEN_KEYWORD])
{
    int length, status = 0;
    name[0] = '\0';
    fits_get_keyname(card, name, &length, &status);
}

/* Whether a card of the same keyword is among those of `by`. Comments and history never are: each
 * says something of its own. */
static bool is_overruled(char *card, const struct cards *by)
{
    static const char *const repeatable[] = {"COMMENT ", "HISTORY ", "        "};
    char name[FLEN_KEYWORD], other[FLEN_KEYWORD];
    if (is_one_of(card, repeatable, sizeof repeatable / sizeof repeatable[0]))
        return false;
    keyword_of(card, name);
    for (int i = 0; i < by->count; i++) {
        keyword_of(by->card[i], other);
        if (strcmp(name, other) == 0)
            return true;
    }
    return false;
}

/* Leaves in *primary what also applies to the image of an extension that has *own cards. */
static void reduce_primary(struct cards *primary, const struct cards *own)
{
    int kept = 0;
    bool keep = false;
    for (int i = 0; i < primary->count; i++) {
        char *card = primary->card[i];
        if (!is_continuation(card))
            keep = fits_get_keyclass(card) != TYP_WCS_KEY &&
                   fits_get_keyclass(card) != TYP_HDUID_KEY && !is_overruled(card, own);
        if (keep)
            memmove(primary->card[kept++], card, FLEN_CARD);
    }
    primary->count = kept;
}

static void write_cards(fitsfile *file, const struct cards *cards, int *status)
{
    for (int i = 0; i < cards->count && !*status; i++) {
        fits_write_record(file, cards->card[i], status);
        if (*status == BAD_KEYCHAR) { /* other people's files have such cards */
            *status = 0;
            fits_clear_errmsg();
        }
    }
}

int fits_private_carry_header(fitsfile *to, const char *source, struct error *error)
{
    fitsfile *from;
    struct cards own = {0}, primary = {0};
    size_t ny, nx;
    int status = 0, hdu = 1;

    if (fits_private_open(&from, source, &ny, &nx, error) != 0)
        return -1;
    fits_get_hdu_num(from, &hdu);
    read_cards(from, &own, &status);
    if (hdu > 1 && !status && !fits_movabs_hdu(from, 1, NULL, &status) &&
        !read_cards(from, &primary, &status))
        reduce_primary(&primary, &own);
    write_cards(to, &primary, &status);
    write_cards(to, &own, &status);
    free(own.card);
    free(primary.card);
    fits_private_close(from);
    return status ? fits_private_error(error, source, "its header cannot be carried over", status)
                  : 0;
}

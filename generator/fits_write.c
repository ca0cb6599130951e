#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "generator/fits.h"
#include "generator/fits_private.h"

/* Header cards of one HDU, 80 characters and a null byte each. */
struct cards {
    char (*card)[FLEN_CARD];
    int count;
};

/* True for cards that mean the same in the new file: not those of its form (structure, scaling,
 * compression, checksums, range of values), which the new file has its own of. */
static int can_be_carried(char *card)
{
    int class = fits_get_keyclass(card);
    if (strncmp(card, "EXTNAME = 'COMPRESSED_IMAGE'", 28) == 0)
        return 0;
    return class > TYP_CMPRS_KEY && class != TYP_SCAL_KEY && class != TYP_NULL_KEY &&
           class != TYP_DIM_KEY && class != TYP_RANG_KEY && class != TYP_CKSUM_KEY;
}

/* The cards of the current HDU that can be carried over. */
static int read_cards(fitsfile *file, struct cards *cards, int *status)
{
    int number = 0;
    char card[FLEN_CARD];
    *cards = (struct cards){0};
    if (fits_get_hdrspace(file, &number, NULL, status))
        return *status;
    cards->card = calloc((size_t)number + 1, sizeof *cards->card);
    if (!cards->card)
        return *status = MEMORY_ALLOCATION;
    for (int i = 1; i <= number && !*status; i++)
        if (fits_read_record(file, i, card, status) == 0 && can_be_carried(card))
            memcpy(cards->card[cards->count++], card, sizeof card);
    return *status;
}

/* Comments and history say something of their own each; of other keywords the last one counts. */
static int is_overruled(const char *card, const struct cards *by)
{
    enum { KEYWORD_LENGTH = 8 };
    static const char *const repeatable[] = {"COMMENT ", "HISTORY ", "CONTINUE", "HIERARCH",
                                             "        "};
    for (size_t i = 0; i < sizeof repeatable / sizeof repeatable[0]; i++)
        if (strncmp(card, repeatable[i], KEYWORD_LENGTH) == 0)
            return 0;
    for (int i = 0; i < by->count; i++)
        if (strncmp(card, by->card[i], KEYWORD_LENGTH) == 0)
            return 1;
    return 0;
}

static void write_cards(fitsfile *file, const struct cards *cards, const struct cards *overruling,
                        int *status)
{
    for (int i = 0; i < cards->count && !*status; i++)
        if (!overruling || !is_overruled(cards->card[i], overruling))
            fits_write_record(file, cards->card[i], status);
}

/* Carries over the header of the first image of `source`, and of the primary before it. */
static int carry_header(fitsfile *to, const char *source, struct error *error)
{
    fitsfile *from;
    struct cards own = {0}, primary = {0};
    size_t ny, nx;
    int status = 0, hdu = 1;

    if (fits_private_open(&from, source, &ny, &nx, error) != 0)
        return -1;
    fits_get_hdu_num(from, &hdu);
    read_cards(from, &own, &status);
    if (hdu > 1 && !status) {
        fits_movabs_hdu(from, 1, NULL, &status);
        read_cards(from, &primary, &status);
        write_cards(to, &primary, &own, &status);
    }
    write_cards(to, &own, NULL, &status);
    free(own.card);
    free(primary.card);
    fits_private_close(from);
    return status ? fits_private_error(error, source, "its header cannot be carried over", status)
                  : 0;
}

/* Beside the file itself, so that it can be renamed; hidden, and of this process alone. */
static int temporary_name(char *temporary, const char *path, struct error *error)
{
    const char *slash = strrchr(path, '/');
    int directory = slash ? (int)(slash + 1 - path) : 0;
    int length = snprintf(temporary, PATH_MAX, "%.*s.%s.%ld", directory, path, path + directory,
                          (long)getpid());
    if (length < 0 || length >= PATH_MAX)
        return error_set(error, path, "the path is too long");
    return 0;
}

static int write_file(const char *temporary, const char *path, const struct image *image,
                      const char *source, const char *history, struct error *error)
{
    fitsfile *file = NULL;
    int status = 0, failed = 0;
    LONGLONG lengths[] = {(LONGLONG)image->nx, (LONGLONG)image->ny};

    if (remove(temporary) != 0 && errno != ENOENT)
        return error_system(error, path, "cannot be written", errno);
    if (fits_create_diskfile(&file, temporary, &status))
        return fits_private_error(error, path, "cannot be written", status);
    fits_create_imgll(file, DOUBLE_IMG, 2, lengths, &status);
    if (source && !status)
        failed = carry_header(file, source, error);
    if (history && !failed)
        fits_write_history(file, history, &status);
    if (!failed)
        fits_write_img(file, TDOUBLE, 1, lengths[0] * lengths[1], image->pixels, &status);
    int wrong = status;
    status = 0;
    fits_close_file(file, &status); /* writes what is left, however it went so far */
    if (failed)
        return -1;
    if (wrong || status)
        return fits_private_error(error, path, "cannot be written", wrong ? wrong : status);
    return 0;
}

int fits_write_filtered(const char *path, const struct image *image, const char *source,
                        const char *history, struct error *error)
{
    char temporary[PATH_MAX];
    if (temporary_name(temporary, path, error) != 0)
        return -1;
    fits_private_enter();
    int failed = write_file(temporary, path, image, source, history, error);
    fits_private_leave();
    if (!failed && rename(temporary, path) != 0)
        failed = error_system(error, path, "cannot be written", errno);
    if (failed)
        remove(temporary);
    return failed;
}

int fits_write_image(const char *path, const struct image *image, struct error *error)
{
    return fits_write_filtered(path, image, NULL, NULL, error);
}

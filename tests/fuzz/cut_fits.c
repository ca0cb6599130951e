/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cut_fits IN OUT PIXELS [rice|gzip|plio|hcompress]: the corner of an image, at most PIXELS a side,
 * with its header, as a seed for the fuzzer; compressed in tiles where asked for. */
#include <fitsio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct corner {
    int bitpix;
    long lengths[2]; /* NAXIS1 first */
    double *pixels;
};

static int read_corner(fitsfile *from, long most, struct corner *corner, int *status)
{
    int axes;
    long first[] = {1, 1}, step[] = {1, 1};
    fits_get_img_param(from, 2, &corner->bitpix, &axes, corner->lengths, status);
    for (int i = 0; i < 2; i++)
        if (corner->lengths[i] > most)
            corner->lengths[i] = most;
    corner->pixels = calloc((size_t)(most * most), sizeof *corner->pixels);
    if (!corner->pixels)
        return *status = MEMORY_ALLOCATION;
    return fits_read_subset(from, TDOUBLE, first, corner->lengths, step, NULL, corner->pixels, NULL,
                            status);
}

/* What does not describe the form of the pixels. */
static int copy_cards(fitsfile *from, fitsfile *to, int *status)
{
    int count;
    char card[FLEN_CARD];
    fits_get_hdrspace(from, &count, NULL, status);
    for (int i = 1; i <= count && !fits_read_record(from, i, card, status); i++)
        if (fits_get_keyclass(card) > TYP_CMPRS_KEY)
            fits_write_record(to, card, status);
    return *status;
}

static int compression(const char *name)
{
    static const struct {
        const char *name;
        int type;
    } known[] = {{"rice", RICE_1}, {"gzip", GZIP_1}, {"plio", PLIO_1}, {"hcompress", HCOMPRESS_1}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(name, known[i].name) == 0)
            return known[i].type;
    return 0;
}

int main(int argc, char **argv)
{
    fitsfile *from = NULL, *to = NULL;
    struct corner corner = {.pixels = NULL};
    int status = 0;
    if (argc < 4) {
        fputs("Usage: cut_fits IN OUT PIXELS [rice|gzip|plio|hcompress]\n", stderr);
        return 2;
    }
    fits_open_diskfile(&from, argv[1], READONLY, &status);
    fits_create_diskfile(&to, argv[2], &status);
    if (argc > 4 && !status)
        fits_set_compression_type(to, compression(argv[4]), &status);
    if (!status && !read_corner(from, strtol(argv[3], NULL, 10), &corner, &status) &&
        !fits_create_img(to, corner.bitpix, 2, corner.lengths, &status) &&
        !copy_cards(from, to, &status))
        fits_write_img(to, TDOUBLE, 1, corner.lengths[0] * corner.lengths[1], corner.pixels,
                       &status);
    if (to)
        fits_close_file(to, &status);
    if (from)
        fits_close_file(from, &(int){0});
    free(corner.pixels);
    fits_report_error(stderr, status);
    return status ? 1 : 0;
}

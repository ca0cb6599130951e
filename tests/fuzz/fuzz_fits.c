/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <limits.h>
#include <math.h>

#include "filters/file_task.h"
#include "generator/fits.h"
#include "tests/fuzz/fuzz.h"

static void path_of(char path[PATH_MAX], const char *name)
{
    snprintf(path, PATH_MAX, "%s/%s", fuzz_directory(), name);
}

/* What was written is an image, too; and as large as what was read. */
static void check_result(const char *path, const struct image *original)
{
    struct image result;
    struct error error = {""};
    fuzz_check(fits_read_image(path, &result, &error) == 0, "a result that cannot be read");
    fuzz_check(result.ny == original->ny && result.nx == original->nx, "a result of another size");
    image_destroy(&result);
}

/* An image that is all right may be large, and the filter would take its time over it. */
static int is_small(const char *path, struct image *image)
{
    enum { PIXELS_AT_MOST = 1 << 16 };
    struct error error = {""};
    if (fits_read_image_apart(path, image, &error) != 0) {
        fuzz_check_error(&error);
        fuzz_check(!image->pixels, "pixels of a file that could not be read");
        return 0;
    }
    if (image->ny <= PIXELS_AT_MOST / image->nx)
        return 1;
    image_destroy(image);
    return 0;
}

/* Sets *workspace up for a small window; once. */
static const struct filter *find_filter(const struct filter_parameters *parameters,
                                        void **workspace)
{
    static void *made;
    const struct filter *filter = filter_find("highpass");
    struct error error = {""};
    if (!made && fits_ready(&error) == 0)
        made = filter->create(parameters, &error);
    fuzz_check(made != NULL, "the filter cannot be set up");
    *workspace = made;
    return filter;
}

void fuzz_fits(const uint8_t *data, size_t size)
{
    static const struct filter_parameters parameters = {.window = 3};
    const int zipped = size > 1 && data[0] == 0x1f && data[1] == 0x8b;
    const char *name = zipped ? "image.fits.gz" : "image.fits";
    char path[PATH_MAX], result[PATH_MAX];
    struct image image;
    struct error error = {""};
    void *workspace;
    const struct filter *filter = find_filter(&parameters, &workspace);
    path_of(path, name);
    path_of(result, "result.fits");
    fuzz_write(name, data, size);
    if (is_small(path, &image)) {
        if (file_task_run_apart(filter, &parameters, workspace, path, result, &error) == 0)
            check_result(result, &image);
        else
            fuzz_check_error(&error);
        image_destroy(&image);
    }
    fuzz_remove(name);
    fuzz_remove("result.fits");
}

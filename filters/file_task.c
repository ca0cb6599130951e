/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filters/file_task.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "generator/fits.h"

/* The name without directory, .gz or .fz, and .fits, .fit or .fts. */
static void base_name(const char *path, char *name, size_t size)
{
    static const char *const endings[] = {".gz", ".fz", ".fits", ".fit", ".fts"};
    const char *slash = strrchr(path, '/');
    snprintf(name, size, "%s", slash ? slash + 1 : path);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t length = strlen(name), ending = strlen(endings[i]);
        if (length > ending && strcmp(name + length - ending, endings[i]) == 0) {
            name[length - ending] = '\0';
            if (i >= 2)
                return;
        }
    }
}

int file_task_result(const char *input, const char *directory, char *path, struct error *error)
{
    char name[NAME_MAX + 1];
    base_name(input, name, sizeof name);
    int length = snprintf(path, PATH_MAX, "%s/%s_filtered.fits", directory, name);
    if (length < 0 || length >= PATH_MAX)
        return error_set(error, input, "the path of its result is too long");
    return 0;
}

static int filter_image(const struct filter *filter, const struct filter_parameters *parameters,
                        void *workspace, const struct image *original, const char *input,
                        const char *result, struct error *error)
{
    struct image output = {0};
    struct error why;
    char history[160];
    size_t ny = original->ny, nx = original->nx;
    if (filter->output_shape)
        filter->output_shape(original->ny, original->nx, &ny, &nx);
    snprintf(history, sizeof history, "speedup filter --filter %s --window %zu: %s", filter->name,
             parameters->window, filter->summary);
    int failed = image_create(&output, ny, nx, error);
    if (failed)
        error_set(error, input, "no memory for its result of %zu x %zu pixels", ny, nx);
    else if (filter->apply(workspace, original, 0, ny, &output, &why) != 0)
        failed = error_set(error, input, "%s", why.text);
    if (!failed)
        failed = fits_write_filtered(result, &output, input, history, error);
    image_destroy(&output);
    return failed;
}

int file_task_run(const struct filter *filter, const struct filter_parameters *parameters,
                  void *workspace, const char *input, const char *result, struct error *error)
{
    struct image original;
    if (fits_read_image(input, &original, error) != 0)
        return -1;
    int failed = filter_image(filter, parameters, workspace, &original, input, result, error);
    image_destroy(&original);
    return failed;
}

int file_task_run_apart(const struct filter *filter, const struct filter_parameters *parameters,
                        void *workspace, const char *input, const char *result, struct error *error)
{
    struct image original;
    if (fits_read_image_apart(input, &original, error) != 0)
        return -1;
    int failed = filter_image(filter, parameters, workspace, &original, input, result, error);
    image_destroy(&original);
    return failed;
}

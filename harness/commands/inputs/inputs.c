/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/inputs/inputs.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "generator/fits.h"
#include "harness/base/output.h"
#include "harness/base/process/interrupt.h"
#include "harness/base/process/leftovers.h"
#include "harness/commands/inputs/production.h"

/* Of one that goes into a file only the first stays, and of the others their shapes. */
static int take_image(void *context, size_t i, const struct image *image, struct error *error)
{
    struct inputs *inputs = context;
    if (inputs->files && fits_write_image(inputs->files[i], image, error) != 0)
        return -1;
    if (inputs->files && i > 0) {
        inputs->images[i] = (struct image){.ny = image->ny, .nx = image->nx};
        return 0;
    }
    if (image_create(&inputs->images[i], image->ny, image->nx, error) != 0)
        return -1;
    memcpy(inputs->images[i].pixels, image->pixels, image_bytes(image->ny, image->nx));
    return 0;
}

static int begin(struct inputs *inputs, bool in_files, int count, struct error *error)
{
    *inputs = (struct inputs){.images = calloc((size_t)count, sizeof *inputs->images)};
    if (inputs->images && in_files)
        inputs->files = calloc((size_t)count, sizeof *inputs->files);
    if (!inputs->images || (in_files && !inputs->files)) {
        inputs_free(inputs);
        return error_set(error, "images", "no memory for %d of them", count);
    }
    inputs->count = count;
    return 0;
}

/* The names of the files to be made, and their directory. */
static int name_files(struct inputs *inputs, const char *parent, struct error *error)
{
    char name[40], path[PATH_MAX];
    if (leftovers_make_directory(parent, inputs->directory, error) != 0)
        return -1;
    for (int i = 0; i < inputs->count; i++) {
        snprintf(name, sizeof name, "image_%d.fits", i);
        if (output_path(path, inputs->directory, name, error) != 0)
            return -1;
        inputs->files[i] = strdup(path);
        if (!inputs->files[i])
            return error_set(error, path, "no memory");
    }
    return fits_ready(error);
}

int inputs_check(const struct room *room, double count, size_t ny, size_t nx, struct error *error)
{
    double pixels = (double)ny * (double)nx;
    const struct demand demand = {.images = count, .pixels = count * pixels, .largest = pixels};
    return room_check(room, &demand, "images", error);
}

int inputs_make(struct inputs *inputs, const struct room *room, int count, size_t ny, size_t nx,
                unsigned long seed, int threads, struct error *error)
{
    struct production production = {.count = (size_t)count,
                                    .ny = ny,
                                    .nx = nx,
                                    .seed = (uint32_t)seed,
                                    .workers = (size_t)threads,
                                    .take = take_image,
                                    .context = inputs};
    if (inputs_check(room, count, ny, nx, error) != 0 ||
        begin(inputs, room->directory, count, error) != 0)
        return -1;
    if ((!room->directory || name_files(inputs, room->directory, error) == 0) &&
        production_run(&production, error) == 0)
        return 0;
    inputs_free(inputs);
    return -1;
}

int inputs_number(struct inputs *inputs, int count, struct error *error)
{
    if (begin(inputs, false, count, error) != 0)
        return -1;
    for (int i = 0; i < count; i++) {
        if (image_create(&inputs->images[i], 1, 1, error) != 0) {
            inputs_free(inputs);
            return -1;
        }
        inputs->images[i].pixels[0] = i;
    }
    return 0;
}

/* Absolute, because programs on other machines may start elsewhere. */
static int find_file(const char *path, char **file, struct error *error)
{
    *file = realpath(path, NULL);
    return *file ? 0 : error_system(error, path, "cannot be found", errno);
}

static int read_one(struct inputs *inputs, int i, const char *path, struct error *error)
{
    struct image *image = &inputs->images[i];
    if (interrupt_signal())
        return error_set(error, "interrupted", "while images were read");
    if (fits_read_image_apart(path, image, error) != 0 ||
        (inputs->files && find_file(path, &inputs->files[i], error) != 0))
        return -1;
    if (inputs->files && i > 0)
        image_destroy(image); /* its shape stays */
    return 0;
}

int inputs_read(struct inputs *inputs, const struct room *room, int count, char *const *paths,
                struct error *error)
{
    struct demand demand = {.read = true};
    if (fits_ready(error) != 0 || begin(inputs, room->directory, count, error) != 0)
        return -1;
    for (int i = 0; i < count; i++) {
        int failed = read_one(inputs, i, paths[i], error);
        if (!failed) {
            double pixels = (double)inputs->images[i].ny * (double)inputs->images[i].nx;
            demand.images++;
            demand.pixels += pixels;
            demand.largest = pixels > demand.largest ? pixels : demand.largest;
            failed = room_check(room, &demand, paths[i], error);
        }
        if (failed) {
            inputs_free(inputs);
            return -1;
        }
    }
    return 0;
}

void inputs_free(struct inputs *inputs)
{
    for (int i = 0; i < inputs->count; i++) {
        image_destroy(&inputs->images[i]);
        if (inputs->files)
            free(inputs->files[i]);
    }
    free(inputs->images);
    free(inputs->files);
    leftovers_remove_directory(inputs->directory);
    *inputs = (struct inputs){0};
}

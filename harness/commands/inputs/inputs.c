/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness/commands/inputs/inputs.h"

#include <stdlib.h>
#include <string.h>

#include "generator/fits.h"
#include "harness/base/process/interrupt.h"
#include "harness/commands/inputs/production.h"
#include "harness/machine/memory.h"

static int keep_image(void *context, size_t i, const struct image *image, struct error *error)
{
    struct inputs *inputs = context;
    if (image_create(&inputs->images[i], image->ny, image->nx, error) != 0)
        return -1;
    memcpy(inputs->images[i].pixels, image->pixels, image_bytes(image->ny, image->nx));
    return 0;
}

static int make_room(struct inputs *inputs, int count, struct error *error)
{
    *inputs = (struct inputs){.images = calloc((size_t)count, sizeof *inputs->images)};
    if (!inputs->images)
        return error_set(error, "images", "no memory for %d of them", count);
    inputs->count = count;
    return 0;
}

/* Each pixel is kept as it was made or read; a second time where the runs share it, with its result
 * beside it; and a third time as the serial strategy has it. As float64. */
enum { BYTES_OF_INPUT = 8, BYTES_SHARED = 16, BYTES_OF_REFERENCE = 8 };

static int check_memory(double bytes, const char *what, struct error *error)
{
    const double gib = 1024.0 * 1024 * 1024;
    double free_bytes = 1024 * memory_available_kib("");
    if (free_bytes <= 0 || bytes <= free_bytes) /* 0: it is not known */
        return 0;
    return error_set(error, what,
                     "%.1f GiB of memory are needed (%d bytes a pixel), and %.1f GiB are free; "
                     "choose fewer or smaller images",
                     bytes / gib, BYTES_OF_INPUT + BYTES_SHARED + BYTES_OF_REFERENCE,
                     free_bytes / gib);
}

int inputs_check(double count, size_t ny, size_t nx, struct error *error)
{
    double pixels = count * (double)ny * (double)nx;
    return check_memory(pixels * (BYTES_OF_INPUT + BYTES_SHARED + BYTES_OF_REFERENCE), "images",
                        error);
}

int inputs_make(struct inputs *inputs, int count, size_t ny, size_t nx, unsigned long seed,
                int workers, struct error *error)
{
    struct production production = {.count = (size_t)count,
                                    .ny = ny,
                                    .nx = nx,
                                    .seed = (uint32_t)seed,
                                    .workers = (size_t)workers,
                                    .take = keep_image,
                                    .context = inputs};
    if (inputs_check(count, ny, nx, error) != 0 || make_room(inputs, count, error) != 0)
        return -1;
    if (production_run(&production, error) == 0)
        return 0;
    inputs_free(inputs);
    return -1;
}

int inputs_number(struct inputs *inputs, int count, struct error *error)
{
    if (make_room(inputs, count, error) != 0)
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

int inputs_read(struct inputs *inputs, int count, char *const *paths, struct error *error)
{
    double pixels = 0;
    if (fits_ready(error) != 0 || make_room(inputs, count, error) != 0)
        return -1;
    for (int i = 0; i < count; i++) {
        int failed = interrupt_signal()
                         ? error_set(error, "interrupted", "while images were read")
                         : fits_read_image_apart(paths[i], &inputs->images[i], error);
        if (!failed) {
            const struct image *image = &inputs->images[i];
            pixels += (double)image->ny * (double)image->nx;
            failed = check_memory(pixels * (BYTES_SHARED + BYTES_OF_REFERENCE), paths[i], error);
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
    for (int i = 0; i < inputs->count; i++)
        image_destroy(&inputs->images[i]);
    free(inputs->images);
    *inputs = (struct inputs){0};
}
